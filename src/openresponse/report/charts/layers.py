"""Charts one over the other, as one Vega-Lite specification.

Altair's own `layer` copies every chart several times, which took a third of the time of a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from openresponse.report.charts.theme import theme

# Charts are made here alone and tested with validation on; checking each one again takes half of
# the time.
alt.utils.schemapi.disable_debug_mode()


@dataclass(frozen=True)
class Layers:
    """Charts from the lowest to the uppermost. properties: of all together, such as width."""

    charts: Sequence["alt.Chart | Layers"]
    properties: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The whole specification, with the theme and every chart's data."""
        datasets: dict[str, list] = {}
        return {
            "$schema": alt.SCHEMA_URL,
            **theme(),
            **self._spec(datasets),
            "datasets": datasets,
        }

    def _spec(self, datasets: dict[str, list]) -> dict[str, Any]:
        context = {"top_level": False, "datasets": datasets}
        charts = [
            one._spec(datasets)
            if isinstance(one, Layers)
            else one.to_dict(validate=False, context=context)
            for one in self.charts
        ]
        return {"layer": charts, **self.properties}


def plot(rows: pd.DataFrame) -> alt.Chart:
    """A chart of rows, without what Altair would try to guess of their types."""
    values = [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in rows.to_dict("records")
    ]
    return alt.Chart(alt.InlineData(values))
