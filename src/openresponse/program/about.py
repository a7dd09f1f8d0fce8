"""The section `program`: who publishes, in which languages, and where to get help."""

from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from openresponse.language import SOURCE, available, language
from openresponse.program.section import Section


class Help(Section):
    label: str
    contact: str
    what: str


class About(Section):
    """Who publishes. email: where questions about the figures are read; data portals ask for one.

    languages: those of the website, by code; every page but data, figures and those written by hand
    is written in each.
    """

    name: str
    city: str
    timezone: str
    announced: date | None = None
    contact: str
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    help: tuple[Help, ...] = ()
    note: str = ""
    languages: tuple[str, ...] = (SOURCE,)

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
