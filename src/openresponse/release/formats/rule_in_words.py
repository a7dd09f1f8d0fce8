"""What a privacy rule withholds, in words, from the facts that a release publishes of it."""

from collections.abc import Mapping
from typing import Any

from openresponse.language import _, number


def rule_in_words(rule: Mapping[str, Any]) -> str:
    """The counts that are not shown, and how the others are, in the language spoken.

    rule: `threshold`, `zeros`, `round_to` and `residents`, as the data package has them.
    """
    least, most = (0 if rule["zeros"] == "hidden" else 1), rule["threshold"] - 1
    if rule["residents"]:
        withheld = _(
            "counts from {least} to {most} for areas of at most {residents} residents, and anything"
            " from which they could be worked out",
            least=least,
            most=most,
            residents=number(rule["residents"]),
        )
    else:
        withheld = _(
            "counts from {least} to {most}, and anything from which they could be worked out",
            least=least,
            most=most,
        )
    if rule["round_to"] == 1:
        return withheld
    return _(
        "{withheld}; other counts are shown to the nearest {multiple}",
        withheld=withheld,
        multiple=rule["round_to"],
    )
