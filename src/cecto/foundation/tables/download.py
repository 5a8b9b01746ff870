"""The answer to ?download=xlsx and ?download=csv."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from cecto.foundation.tables.separated import csv_of
from cecto.foundation.tables.table import Table
from cecto.foundation.tables.workbook import xlsx_of

FORMS = {
    "xlsx": (xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv_of, "text/csv; charset=utf-8"),
}


def download(request: HttpRequest, table: Table) -> HttpResponse | None:
    """The table as the file the address asks for, or None when it asks for the page.

    In a view: `return download(request, table) or render(request, "…", {"table": table})`.
    """
    wanted = request.GET.get("download", "")
    if wanted not in FORMS:
        return None
    write, content_type = FORMS[wanted]
    name = slugify(table.title) or "table"
    return HttpResponse(
        write(table),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{wanted}"', "Cache-Control": "private"},
    )
