"""The section `areas`: police districts and neighborhoods."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from openresponse.program.section import Code, Month, Section

MOST_COLUMNS, MOST_ROWS = 8, 12  # of the map of equal tiles; styles.css has a class for each


class District(Section):
    """A police district by its code."""

    label: str
    """Its name, as readers see it."""
    valid_from: Month | None = Field(default=None, examples=["2026-11"])
    """The first month in which the district existed. What models do there says nothing about the
    months before."""
    valid_to: Month | None = Field(default=None, examples=["2027-06"])
    """The last month in which the district existed, as before it was split or got another code."""
    launched: dict[Code, Month] = {}
    """The month from which each model operates there, by the code of the model. A model that no
    district names operates everywhere; one that some name operates in these alone."""

    @model_validator(mode="after")
    def ends_after_it_began(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to: {self.valid_to} is before {self.valid_from}, valid_from")
        return self

    def exists_in(self, month: str) -> bool:
        return (self.valid_from or month) <= month <= (self.valid_to or month)


class Neighborhood(Section):
    """A neighborhood by its code."""

    label: str
    """Its name, as readers see it."""
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
