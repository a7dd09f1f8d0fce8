"""The figure of a table that the eye should rest on."""

from openresponse.release.store.published import Published
from openresponse.report.prose.readings import categories

# The figure the eye should rest on, by what a table's category is: its code, and the whole its
# share is of.
HEADLINES = {
    "stage": ("team_sent", "part"),
    "responders": ("police_on_scene", "all"),
    "police_role": ("police_not_on_scene", "all"),
    "attendance": ("attended", "part"),
    "outcome": ("remained_in_community", "part"),
    "service": ("team_sent", "part"),
    "followup": ("within_7_days", "all"),
    "referral": ("accepted", "part"),
    "repeat": ("repeat_within_30_days", "part"),
    "applicant": ("section12", "all"),
    "answer": ("yes", "all"),
    "handling": ("rows_used", "all"),
}
# The interval the eye should rest on: the first of these that a table of times has.
INTERVALS = (
    "call_to_team_arrival",
    "call_to_arrival",
    "dispatch_to_arrival",
    "call_to_dispatch",
)
# What a table is about that has none of these names, where its category has such a code.
ABOUT = ("psychiatric",)


def headline(
    published: Published, table: str, slice: dict[str, str] | None = None
) -> tuple[str, str] | None:
    """The table's headline (code, whole), or None where it has no such category."""
    codes = categories(published, table, slice).codes
    candidates = (
        [HEADLINES[published.category(table)]]
        if published.category(table) in HEADLINES
        else [(code, "all") for code in ABOUT]
    )
    return next((one for one in candidates if one[0] in codes), None)


def headline_interval(published: Published, table: str) -> str | None:
    """The same of a table of times."""
    codes = published.hierarchy(table, "interval").codes
    return next((interval for interval in INTERVALS if interval in codes), None)
