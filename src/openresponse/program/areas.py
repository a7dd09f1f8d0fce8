"""The section `areas`: police districts and neighborhoods."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from openresponse.program.section import Code, Month, Section

MOST_COLUMNS, MOST_ROWS = 8, 12  # of the map of equal tiles; styles.css has a class for each


class District(Section):
    """A police district, and from which month each model operates there (default: the model's
    launch).
    """

    label: str
    launched: dict[Code, Month] = {}


class Neighborhood(Section):
    """tile: its column and row on the map of equal tiles, from the upper left corner; no more
    columns than a phone shows.
    short: its name there, where the label is too long for a tile."""

    label: str
    short: str = ""
    residents: int | None = Field(gt=0, default=None)
    tile: (
        tuple[
            Annotated[int, Field(ge=1, le=MOST_COLUMNS)], Annotated[int, Field(ge=1, le=MOST_ROWS)]
        ]
        | None
    ) = None


class Areas(Section):
    residents_year: int | None = None
    residents_source: str = ""
    districts: dict[Code, District] = {}
    neighborhoods: dict[Code, Neighborhood] = {}

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
