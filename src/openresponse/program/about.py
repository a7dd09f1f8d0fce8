"""The section `program`: who publishes, in which languages, and where to get help."""

from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from openresponse.language import SOURCE, available, language
from openresponse.program.section import Section


class Help(Section):
    """A place to call for help, shown at the top of the home page."""

    label: str
    """Its name, as readers see it."""
    contact: str
    """The number to call. The page makes it a link that a phone dials."""
    what: str
    """What happens when somebody calls it, in a sentence."""


class Hold(Section):
    """What an involuntary hold is called here, and which law allows it."""

    label: str = Field(examples=["5150"])
    """Its name, as people in the city say it: `5150`, `Baker Act` or `9.41`."""
    law: str = Field(examples=["section 5150 of the California Welfare and Institutions Code"])
    """The law, so that a reader finds it."""


class About(Section):
    """Who publishes, in which languages, and where to get help."""

    name: str
    """The title of the website, of the brief and of the feed."""
    city: str
    """The publisher, as pages, citations and data portals name it."""
    timezone: str
    """The clock of the extracts and of the days of publication, by its IANA name."""
    demonstration: bool = False
    """Whether all figures are invented, to show how the program works. Deliveries and releases must
    say the same of themselves, and nobody has to approve invented figures."""
    announced: date | None = None
    """The day on which the city announced the program. The data package gives it."""
    contact: str
    """Who answers for the figures: an office, not a person."""
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    """Where questions about the figures are read. Data portals ask for an address, and so does
    whoever finds a leak."""
    help: tuple[Help, ...] = ()
    """Where to get help now. The first screen of the home page lists it."""
    involuntary_hold: Hold | None = None
    """What an involuntary hold is called in the city's state, and its law. The glossary and the
    table of holds name it."""
    note: str = ""
    """What a reader must know of these data before anything else. The page about the figures
    prints it."""
    languages: tuple[str, ...] = (SOURCE,)
    """The languages of the website by their codes, English first. Each needs a catalogue. Every
    page is written in each, but for the data page, the page of all figures and the page to explore
    them."""

    @field_validator("languages")
    @classmethod
    def languages_that_have_a_catalogue(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if (
            languages[:1] != (SOURCE,)
            or len(set(languages)) < len(languages)
            or set(languages) - set(available())
        ):
            raise ValueError(
                f"write {SOURCE} first, then others that have a catalogue, each once; there are"
                f" {', '.join(available())}"
            )
        for code in languages:
            language(code)  # CatalogueError where its catalogue cannot be used
        return languages

    @field_validator("timezone")
    @classmethod
    def a_known_time_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("not a time zone; write one such as America/New_York")
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
