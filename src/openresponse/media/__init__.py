"""In: texts, tables and names from other rooms. Out: their media type, a PDF or a picture set by
Typst, and the files and names that several rooms agree on.

Never here: what a file says.
"""

__all__ = [
    "bundle",
    "drawn",
    "fonts",
    "names",
    "types",
    "typeset",
    "vega",
]
