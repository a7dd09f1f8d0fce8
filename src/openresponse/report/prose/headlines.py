"""The figure of a table that the eye should rest on."""

from openresponse.release.store.published import Published
from openresponse.report.prose.faces import ABOUT, FACES, INTERVALS
from openresponse.report.prose.readings import categories


def headline(
    published: Published, table: str, slice: dict[str, str] | None = None
) -> tuple[str, str] | None:
    """The table's headline (code, whole), or None where it has no such category."""
    codes = categories(published, table, slice).codes
    face = FACES.get(published.category(table))
    faces = ABOUT if face is None else (face,)
    return next(((one.code, one.of) for one in faces if one.code in codes), None)


def headline_interval(published: Published, table: str) -> str | None:
    """The same of a table of times."""
    codes = published.hierarchy(table, "interval").codes
    return next((interval for interval in INTERVALS if interval in codes), None)
