"""Which word of the program a spelling of a code is likely to mean. What no rule knows is for a
person to decide.
"""

import re

_YES_NO = {"yes": r"^(?:y|yes|true|t|1)$", "no": r"^(?:n|no|false|f|0|none)$"}
# By field: each word and how cities spell it, the surest first; compared in lower case.
SPELLED: dict[str, dict[str, str]] = {
    "call_source": {
        "call_988": r"\b988\b",
        "call_311": r"\b311\b",
        "call_911": r"\b911\b|e911",
        "on_view": r"on.?view|self.?init",
        "walk_in": r"walk",
        "other_source": r"non.?emerg|phone|radio|alarm|web|text|other",
    },
    "unit_type": {
        "clinician": r"clinician|\bbest\b|co.?respon",
        "peer": r"\bpeers?\b",
        "worker": r"\bmct\b|crisis|mobile|\bmhw\b|behav|mental|social|outreach",
        "ems": r"\bems\b|fire|fd\b|ambul|medic|rescue|\bals\b|\bbls\b",
        "police": r"police|pd\b|sheriff|\blaw\b|officer|patrol|\bso\b",
    },
    "requested_by": {"dispatch": r"dispatch|cad|911", "team": r"team|clinic|crew|unit"},
    "cancelled_by": {
        "dispatch": r"dispatch",
        "caller": r"caller|\brp\b",
        "team": r"team|crew|unit",
    },
    "contact": {
        "person_declined": r"refus|declin",
        "person_not_found": r"goa|utl|unable to locate|not found|gone|no patient found",
        "unsafe_to_approach": r"unsafe|safety",
        "no_contact_other": r"cancel|no contact|other",
        "contact_made": r"contact made|engaged|\bseen\b|\bmet\b|face|complete|assessed",
    },
    "outcome": {
        "arrest": r"arrest|jail|custody",
        "detox": r"detox|sober",
        "emergency_department": r"emergency|hospital|\bed\b|\ber\b",
        "crisis_or_respite": r"crisis|respite|stabili[sz]|\bcsu\b|walk.?in",
        "remained_in_community": r"communit|\bhome\b|in place|resolved|safety plan|released",
        "other_outcome": r"other|transport",
    },
    "involuntary_hold": {
        "no_hold": r"^(?:n|no|none)$",
        "by_clinician": r"clinic|\bmhp\b|social",
        "by_physician": r"physic|doctor|\bmd\b",
        "by_police": r"police|officer|deputy|\ble\b",
    },
    "referral": {
        "declined": r"declin|refus",
        "not_offered": r"^(?:n|no|none)$|not offered|no referral",
        "completed": r"complet|attend|kept|enrolled",
        "not_completed": r"accept|offered|made|sent",
    },
    "not_sent_reason": {
        "no_team_on_duty": r"no (?:team|unit)|off duty|hours",
        "all_teams_busy": r"busy|unavail",
        "scene_not_safe": r"safe|weapon",
        "caller_declined": r"declin|refus",
    },
    "followup_tracked": _YES_NO,
    "arrest": _YES_NO,
    "force": _YES_NO,
    "injury": _YES_NO,
}
GENDERS = {
    "man": r"^(?:m|male|man)$",
    "woman": r"^(?:f|female|woman)$",
    "not_recorded": r"^(?:u|unk|unknown|declined|refused|not recorded)$",
    "another_gender": r"non.?binary|^x$|trans|other|gender",
}
NOT_SAID = re.compile(r"^(?:u|unk|unknown|declined|refused|not recorded)$")
MENTAL_HEALTH = re.compile(
    r"mental|psych|suicid|crisis|\bedp|emotional|behav|988|welfare.*mh|mh\b|\bmct\b"
)


def word(field: str, spelling: str) -> str | None:
    """The word that a spelling is likely to mean; None where nobody can say."""
    words = GENDERS if field == "gender" else SPELLED.get(field, {})
    return next(
        (word for word, form in words.items() if re.search(form, spelling.casefold())), None
    )


def slug(spelling: str) -> str:
    """A code made of a spelling: a number that it begins with, or its words."""
    plain = spelling.strip().casefold()
    number = re.match(r"^(\d{2,})\b", plain)
    return number[1] if number else re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "code"
