"""A table of a page as a file: XLSX, or CSV if asked by `?format=csv`."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import localdate

from kamerton.platform.tables import Column, Row, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(
    request: HttpRequest,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
) -> HttpResponseBase:
    """Answer with the rows as a file called `name` and today's day."""
    stem = f"{name}-{localdate():%Y-%m-%d}"
    response: HttpResponseBase
    if request.GET.get("format") == "csv":
        response = StreamingHttpResponse(
            write_csv(columns, rows), content_type="text/csv; charset=utf-8"
        )
        stem += ".csv"
    else:
        response = HttpResponse(content_type=XLSX)
        write_xlsx(response, columns, rows, title=name)
        stem += ".xlsx"
    response["Content-Disposition"] = f'attachment; filename="{stem}"'
    return response
