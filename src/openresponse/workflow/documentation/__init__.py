"""In: the code, its commands and its program file. Out: the pages of the documentation that are
made from these, and the rendered documentation.

Never here: anything that a city delivered or published.
"""

__all__ = [
    "build",
    "checks_page",
    "commands_page",
    "examples",
    "figures_page",
    "markdown",
    "program_page",
]
