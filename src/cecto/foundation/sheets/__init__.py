"""Reading tables that people hand in: CSV in any common encoding and separator, or the first sheet of an XLSX.

Owns: nothing stored. `read_sheet` gives rows of text; `headed` finds the columns by what people call them.
Reads: only the bytes it is given. Knows no feature.
Promises: bad input of any kind is a SheetRefused that names file, row, column and what to do, never another error; a
formula is never taken for a value.
"""

from cecto.foundation.sheets.columns import HeadedSheet, headed, heading
from cecto.foundation.sheets.reading import LARGEST_BYTES, read_sheet
from cecto.foundation.sheets.shapes import Line, SheetRefused

__all__ = ["LARGEST_BYTES", "HeadedSheet", "Line", "SheetRefused", "headed", "heading", "read_sheet"]
