"""The section `areas`: police districts and neighborhoods."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from openresponse.program.section import Code, Month, Section
from openresponse.tables.months import later

MOST_COLUMNS, MOST_ROWS = 8, 12  # of the map of equal tiles; styles.css has a class for each


class Area(Section):
    """A place by its code, and the months in which it was one."""

    label: str
    """Its name, as readers see it."""
    valid_from: Month | None = Field(default=None, examples=["2026-11"])
    """The first month in which it existed. It says nothing about the months before: there its
    figures are not applicable."""
    valid_to: Month | None = Field(default=None, examples=["2027-06"])
    """The last month in which it existed, as before it was split or got another code. After it its
    figures are not applicable."""
    was: tuple[Code, ...] = Field(default=(), examples=[["B-2"]])
    """The codes of what it came from, where it was renamed, split off or put together in the month
    `valid_from`. Figures on both sides are not compared. Where a code became one other, calls that
    still have the old one after its end are of the new one."""

    @model_validator(mode="after")
    def ends_after_it_began(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to: {self.valid_to} is before {self.valid_from}, valid_from")
        if self.was and not self.valid_from:
            raise ValueError("valid_from: is missing; write the month in which it came from `was`")
        return self

    def exists_in(self, month: str) -> bool:
        return (self.valid_from or month) <= month <= (self.valid_to or month)


class District(Area):
    """A police district by its code."""

    launched: dict[Code, Month] = {}
    """The month from which each model operates there, by the code of the model. A model that no
    district names operates everywhere; one that some name operates in these alone."""


class Neighborhood(Area):
    """A neighborhood by its code."""

    short: str = ""
    """Its name on the map, where the label is too long for a tile."""
    residents: int | None = Field(gt=0, default=None)
    """How many people live there: the denominator of its rate per 10,000, and what a rule that
    protects small areas goes by."""
    tile: (
        tuple[
            Annotated[int, Field(ge=1, le=MOST_COLUMNS)], Annotated[int, Field(ge=1, le=MOST_ROWS)]
        ]
        | None
    ) = None
    """Its column and its row on the map of equal tiles, counted from the upper left corner. Give a
    tile to every neighborhood, or to none for a page without a map."""


class Areas(Section):
    """The places that a call can come from."""

    residents_year: int | None = None
    """The year in which the residents were counted. Every rate names it."""
    residents_source: str = ""
    """Who counted the residents. The methods page names it."""
    districts: dict[Code, District] = {}
    """Police districts, in the order in which tables list them."""
    neighborhoods: dict[Code, Neighborhood] = {}
    """Neighborhoods, in the order in which tables list them."""

    @model_validator(mode="after")
    def areas_follow_one_another(self) -> Self:
        for kind in ("districts", "neighborhoods"):
            areas: Mapping[str, Area] = getattr(self, kind)
            _check_codes(kind, areas)
            for code, area in areas.items():
                _check_origin(f"{kind}.{code}", area, areas)
        return self

    @model_validator(mode="after")
    def every_neighborhood_has_a_tile_of_its_own_or_none_has(self) -> Self:
        on_tile: dict[tuple[int, int], str] = {}
        for code, area in self.neighborhoods.items():
            if area.tile is None and any(other.tile for other in self.neighborhoods.values()):
                raise ValueError(
                    f"neighborhoods.{code}.tile: missing; give every neighborhood a tile, or none"
                    " for a page without a map"
                )
            if area.tile in on_tile:
                raise ValueError(
                    f"neighborhoods.{code}.tile: {list(area.tile)} is the tile of"
                    f" {on_tile[area.tile]}"
                )
            if area.tile:
                on_tile[area.tile] = code
        return self


def _check_codes(kind: str, areas: Mapping[str, Area]) -> None:
    """ValueError where two codes differ only in capitals: their pages would be one file."""
    seen: dict[str, str] = {}
    for code in areas:
        if (other := seen.setdefault(code.casefold(), code)) != code:
            raise ValueError(
                f"{kind}.{code}: differs from {other} only in capitals; one page would take the"
                " place of the other. Write it in another way, and both spellings under `codes`"
            )


def _check_origin(key: str, area: Area, areas: Mapping[str, Area]) -> None:
    """ValueError where what an area came from is none, or did not end when this one began."""
    for code in area.was:
        if code not in areas or areas[code] is area:
            raise ValueError(f"{key}.was: {code} is no other code; list the old one too")
        last, wanted = areas[code].valid_to, later(area.valid_from or "", -1)
        if last is not None and last != wanted:
            way = "before" if last < wanted else "after"
            raise ValueError(
                f"{key}.valid_from: {code} ends with {last}, {way} {wanted}; months without either"
                " or with both would be counted wrong"
            )
