"""What a person sees without a traceback: where, which rule, what to do; never a cell's value."""

from collections.abc import Sequence

NAMED = 10  # how many findings an error names
# The way on from many refusals: what was published changes only so.
REVISE = 'openresponse revise --reason "..." --decided-by ROLE'


class OpenResponseError(Exception):
    """A failure the person running the program can mend; each kind has its own exit code."""

    exit_code = 1


def first(findings: Sequence[object], separator: str = "; ") -> str:
    """The first findings, and how many more there are, for an error that names them."""
    more = len(findings) - NAMED
    named = [str(one) for one in findings[:NAMED]]
    return separator.join([*named, f"and {more} more"] if more > 0 else named)


class ProgramError(OpenResponseError):
    """The program file does not say what it must."""

    exit_code = 2


class UsageError(ProgramError):
    """The command was typed wrong."""


class CatalogueError(ProgramError):
    """A language that the program file names has a catalogue that cannot be used."""


class ExtractError(OpenResponseError):
    """An extract cannot be used as it is."""

    exit_code = 3


class DisclosureError(OpenResponseError):
    """A release would reveal what the privacy rule withholds."""

    exit_code = 4


class ReleaseError(OpenResponseError):
    """A release cannot be written, or does not match what was published."""

    exit_code = 5


class NotebookError(OpenResponseError):
    """A notebook failed or was called with the wrong parameters."""

    exit_code = 6


class RenderError(OpenResponseError):
    """The site could not be rendered."""

    exit_code = 7


class ApprovalError(OpenResponseError):
    """A release is ready and waits for approval."""

    exit_code = 8


class PublishingError(OpenResponseError):
    """The site could not be put where it is served."""

    exit_code = 9


class InspectionError(OpenResponseError):
    """A finished site is not fit to be shown."""

    exit_code = 10


class PlausibilityError(OpenResponseError):
    """What was delivered cannot be right, so nothing was published."""

    exit_code = 11
