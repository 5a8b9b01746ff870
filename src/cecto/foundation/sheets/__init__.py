"""Reading tables that people hand in: CSV in any usual encoding and separator, or the first sheet of an XLSX.

Owns: nothing stored. `read_table` finds columns by their headings; every problem names file, row, column and what to
do. This is the one reader of sheets: roster, schedule and work are read through it.
Reads: only the bytes it is given. Knows no feature.
Promises: bad input of any kind is a SheetRefused, never another error; a formula is never taken for a value.
"""

from cecto.foundation.sheets.cells import Cells, Unreadable
from cecto.foundation.sheets.problems import Problem, Problems, SheetRefused
from cecto.foundation.sheets.table import Heading, Row, Table, plain, read_table

__all__ = [
    "Cells",
    "Heading",
    "Problem",
    "Problems",
    "Row",
    "SheetRefused",
    "Table",
    "Unreadable",
    "plain",
    "read_table",
]
