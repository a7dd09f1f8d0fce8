"""In: a city's program file. Out: the same as validated sections, or one sentence on the key that
is wrong.

Never here: anything read from a record.
"""

from openresponse.program.areas import MOST_COLUMNS, MOST_ROWS
from openresponse.program.catalogue import Stack, Table
from openresponse.program.exports import nemsis
from openresponse.program.exports.extract_columns import COUNTED, Column, Heading
from openresponse.program.exports.extracts import DELIMITERS, Extract, ExtractName, Several
from openresponse.program.folders import Folders
from openresponse.program.loader import Program, load
from openresponse.program.privacy import Exemption
from openresponse.program.schedule import Access, Calendar

__all__ = [
    "COUNTED",
    "DELIMITERS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Access",
    "Calendar",
    "Column",
    "Exemption",
    "Extract",
    "ExtractName",
    "Folders",
    "Heading",
    "Program",
    "Several",
    "Stack",
    "Table",
    "load",
    "nemsis",
]
