"""The words of the site, each used in one way only."""

from openresponse import language
from openresponse.language import _, pgettext


def body() -> str:
    """The glossary page."""
    return (
        '<dl class="glossary">'
        + "".join(f"<dt>{term}</dt><dd>{said}</dd>" for term, said in _terms(language.now().root))
        + "</dl>"
    )


def _terms(root: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Incident"), _("One 911 event. Several units may go to it; it is counted once.")),
        (_("Unit response"), _("One unit on one incident.")),
        (_("Encounter"), _("One contact record of a clinician, of EMS or of a peer team.")),
        (
            _("Response model"),
            _(
                "A way to answer a call: co-response, alternative response, peer-led response, or"
                " the standard response."
            ),
        ),
        (_("Co-response"), _("A police officer and a mental-health clinician go together.")),
        (_("Alternative response"), _("EMS and a mental-health worker go, without police.")),
        (_("Peer-led response"), _("Someone with lived experience of a crisis takes the lead.")),
        (
            pgettext("words", "Eligible"),
            _(
                "A call that one of the models is meant for, at a time and in a district where it"
                " operates."
            ),
        ),
        (_("Run"), _("A call a team was sent to.")),
        (
            _("Contact made"),
            _(
                "The team met the person. A person who was not found, or who declined, was not"
                " contacted."
            ),
        ),
        (
            _("Clinician attendance"),
            _("Of the calls that should have had a clinician, the share to which one came."),
        ),
        (_("Police on scene"), _("The unit log shows that at least one police unit arrived.")),
        (_("Outcome"), _("How a run ended. Each run has one outcome.")),
        (_("Follow-up"), _("Someone got in touch with the person after the contact.")),
        (
            _("Section 12"),
            _(
                "An involuntary hold under chapter 123, section 12 of the Massachusetts General"
                " Laws."
            ),
        ),
        (_("Median"), _("Half took this long or less.")),
        (_("90th percentile"), _("Nine in ten took this long or less.")),
        (_("Rate"), _("Calls in a year for each 10,000 residents of the area.")),
        (
            _("Interval"),
            _(
                "How far chance alone could move a rate or a share, by the rules on the <a"
                ' href="{root}methods.html">methods page</a>.',
                root=root,
            ),
        ),
        (
            _("Signal"),
            _(
                "A change too large or too lasting to be normal variation, by the rules on the <a"
                ' href="{root}methods.html">methods page</a>.',
                root=root,
            ),
        ),
        (pgettext("words", "Withheld"), _("Not shown for privacy. A withheld figure is not zero.")),
        (_("Not recorded"), _("Nobody wrote it down. It is counted and shown as not recorded.")),
        (
            _("Provisional"),
            _("Records of the period may still come late; a revision may change the figure."),
        ),
        (_("Release"), _("What is published in one go. A release is never rewritten.")),
        (
            _("Revision"),
            _("A figure that differs from an earlier release because records came late."),
        ),
        (
            _("Correction"),
            _("A figure that was wrong and has been put right in a new release, with the reason."),
        ),
    )
