"""In: extracts that nobody has described yet. Out: their profile, without a value of any cell, and
a draft of the program file that would read them.

Never here: anything that is published. A draft holds the spellings of codes, which a program file
needs, and no other text of a cell.
"""

__all__ = [
    "cell_forms",
    "code_words",
    "column_profiles",
    "columns_drafted",
    "draft",
    "file_layouts",
    "files_together",
    "likely_roles",
    "measures_chosen",
    "own_words",
    "yaml_lines",
]
