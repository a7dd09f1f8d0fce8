"""What the site does so that everyone can use it, and how to tell when it does not."""

from collections.abc import Sequence

from openresponse import language
from openresponse.language import N_, _
from openresponse.report.html import parts

AIM = N_(
    "This site aims at level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. The briefs"
    " aim at PDF/UA-1."
)
MEANS = (
    N_(
        "Every picture has a title and a description, and the same numbers stand below it in a"
        " table."
    ),
    N_(
        "Nothing is told by color alone. Series are named where they end; a figure that is not"
        " shown says why in words."
    ),
    N_(
        "Everything can be reached with the keyboard. Wide tables scroll in their own box; give the"
        " box focus and use the arrow keys."
    ),
    N_(
        "The site reads without JavaScript. Two pages add to it: where figures can be explored,"
        " pictures are drawn, and every number in them is also in a table to download; on the data"
        " page a column's heading sorts its table, and tells a screen reader so. The site sends"
        " nothing to any other host and sets no cookie."
    ),
    N_("It follows your light or dark setting, your text size, and your wish for less motion."),
)
CHECKED = N_(
    "Each page is tested in a browser at the width of a phone and of a desk, in light and dark,"
    " with the axe rules, before it is published. Whenever the site is made, languages, headings,"
    " names, tables, links and contrast of every page are checked again; with one finding the new"
    " pages are not shown."
)
UNREAD = N_("The briefs have not been read by people who use screen readers every day.")
TELL = N_(
    "If something does not work for you, write to the contact on the <a"
    ' href="{root}about.html">about page</a>. Say which page, and what you use to read it.'
)


def body(languages: Sequence[str]) -> str:
    """The page on accessibility. languages: those of the site, the source first."""
    left = [_(UNREAD)]
    if others := languages[1:]:
        left.insert(
            0,
            _(
                "The data page, the page of all figures and the page to explore them are in English"
                " only. No professional translator has read the other pages in {languages} yet.",
                languages=language.listed([language.named(code) for code in others]),
            ),
        )
    return (
        parts.section(_("What we aim at"), f"<p>{_(AIM)}</p>", "aim")
        + parts.section(
            _("What that means here"), parts.sentences([_(text) for text in MEANS]), "means"
        )
        + parts.section(_("How it is checked"), f"<p>{_(CHECKED)}</p>", "checked")
        + parts.section(_("What is not yet done"), parts.sentences(left), "left")
        + parts.section(_("Tell us"), f"<p>{_(TELL, root=language.now().root)}</p>", "tell")
    )
