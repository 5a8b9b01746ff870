"""Tables that people read, print and download: one description, three forms.

Owns: no database tables. Table, Column, Kind and Link say what is shown; tables/_table.html shows it; `download`
answers with the same rows as XLSX or CSV.
Reads: the words of foundation.ui. Knows no feature.
Promises: the download holds exactly the shown rows, columns and order; no cell can become a formula.
"""

from cecto.foundation.tables.download import download
from cecto.foundation.tables.table import Column, Kind, Link, Table, Value

__all__ = ["Column", "Kind", "Link", "Table", "Value", "download"]
