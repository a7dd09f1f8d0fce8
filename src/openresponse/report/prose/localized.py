"""A release in the language spoken: its titles, labels and definitions, and what the program file
says, looked up by their English text.

Codes, numbers and the files themselves stay as they are. What no catalogue has stays English and is
marked as such.
"""

from dataclasses import replace

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published

# Whose values are read by people; every other text of a data package is a code, a date or an
# address. Columns (`schema`) are told on the data page only.
READ = frozenset(
    (
        "title",
        "label",
        "description",
        "counts",
        "denominator",
        "excludes",
        "missing",
        "purpose",
        "when",
        "what",
        "city",
        "contact",
        "note",
        "source",
        "residents_source",
        "attacker",
        "reason",
        "statuses",
        "agencies",
        "left_out",
    )
)
LISTED = ("milestone", "owner", "note")  # of the table of milestones; its status is a code


def told(published: Published) -> Published:
    """The release with every text that is read in the language spoken; as it is where that is the
    source.
    """
    if language.now().code == language.SOURCE:
        return published
    package = _told(published.package)
    program = package["openresponse"]["program"]
    program["name"] = _(program["name"])
    spoken = replace(published, package=package)
    vars(spoken)["tables"] = published.tables | {
        name: frame.assign(**{column: frame[column].map(_) for column in LISTED})
        for name, frame in published.tables.items()
        if name == "milestones"
    }  # read once, for all languages
    return spoken


def texts(package: dict) -> set[str]:
    """Every text of a data package that `told` looks up."""
    found = {package["openresponse"]["program"]["name"]}
    _told(package, look_up=lambda text: found.add(text) or text)
    return found - {""}


def _told(value, read: bool = False, look_up=_):
    if isinstance(value, dict):
        return {
            key: one if key == "schema" else _told(one, read or key in READ, look_up)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_told(one, read, look_up) for one in value]
    return look_up(value) if read and isinstance(value, str) else value
