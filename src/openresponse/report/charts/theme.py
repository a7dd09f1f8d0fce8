"""The one theme of all charts."""

import altair as alt

from openresponse.report.charts.colors import FAINT, FONT, FONT_SIZE, GRID, INK


@alt.theme.register("openresponse", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """What every chart made here looks like; Altair puts it into each chart's specification."""
    return alt.theme.ThemeConfig(
        {
            "config": {
                "background": "transparent",
                "font": FONT,
                "padding": 2,
                "view": {"stroke": None},
                "axis": {
                    "labelFontSize": FONT_SIZE,
                    "labelColor": FAINT,
                    "gridColor": GRID,
                    "domain": False,
                    "ticks": False,
                    "title": None,
                    "labelPadding": 6,
                },
                "text": {"fontSize": FONT_SIZE, "color": INK},
                "legend": {"disable": True},
            }
        }
    )
