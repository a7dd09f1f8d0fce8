"""The contrast of the colours that a style sheet declares, in each scheme."""

import re
from collections.abc import Iterator

from openresponse.website.inspection.page import Fault

# Names of the style sheet's colours, and the least contrast of the first on each of the others.
PAIRS = (
    (("ink", "ink-soft", "link", "link-hover"), ("paper", "panel")),
    (("ink",), ("help",)),
    (("bar-ink",), ("bar",)),
    (("focus-ink",), ("focus",)),
    (("warn-ink",), ("warn",)),
)
LEAST_CONTRAST = 4.5


def contrast(sheet: str) -> Iterator[Fault]:
    """The colours of text and of what lies behind it, in each scheme."""
    for scheme in re.findall(r":root\s*\{([^{}]*)\}", sheet):
        colors = dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6})\b", scheme, re.I))
        for inks, papers in PAIRS:
            for ink, paper in ((i, p) for i in inks for p in papers if i in colors and p in colors):
                if (ratio := _against(colors[ink], colors[paper])) < LEAST_CONTRAST:
                    yield (
                        f"--{ink} on --{paper}",
                        f"1.4.3: a contrast of {ratio:.2f} is less than {LEAST_CONTRAST}.",
                        "Choose colours further apart.",
                    )


def _against(ink: str, paper: str) -> float:
    """The contrast of two colours, as WCAG reckons it."""

    def light(color: str) -> float:
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(ink), light(paper)))
    return (bright + 0.05) / (dark + 0.05)
