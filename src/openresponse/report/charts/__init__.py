"""In: published rows. Out: drawings that say what is missing.

Never here: a withheld figure drawn as a number.
"""

__all__ = [
    "bar_chart",
    "colors",
    "dot_chart",
    "event_lines",
    "layers",
    "marks",
    "svg",
    "theme",
    "tilemap",
    "time_axis",
    "times_chart",
    "trend_chart",
]
