"""Imports, closed months, lines without a client, learned layouts."""

import io

from kamerton.calc.period import Month
from kamerton.domain.ledger import actions
from kamerton.domain.ledger.models import ImportProfile, LedgerImport
from kamerton.flows import choose_columns, import_ledger, receive_file
from tests.flows.conftest import SALES
from tests.web.matrix.row import Row

SEE = ("owner", "finance")
IMPORT = ("finance",)
MONEY = ("kam", "account_manager", "head_of_sales", "owner", "finance", "assistant")
LAST_YEAR = "2025-11"


def sent(world, user):
    """A file whose columns are not named yet."""
    finance = world.people["finance"]
    made = receive_file.receive_file(finance, io.BytesIO(SALES), name="sales.csv")
    return {"pk": made.pk}


def chosen(world, user):
    """A file whose columns are named."""
    finance, found = world.people["finance"], LedgerImport.objects.get(**sent(world, user))
    look = choose_columns.look_at(finance, found)
    choose_columns.choose_columns(finance, found, look.mapping, heads=look.heads)
    return {"pk": found.pk}


def checked(world, user):
    """A file that may go in."""
    found = LedgerImport.objects.get(**chosen(world, user))
    import_ledger.check_import(world.people["finance"], found)
    return {"pk": found.pk}


def published(world, user):
    """A file that is in the ledger."""
    found = LedgerImport.objects.get(**checked(world, user))
    import_ledger.run_import(world.people["finance"], found)
    return {"pk": found.pk}


def broken(world, user):
    """A checked file with an error."""
    content = SALES + "31.02.2026;X;К-1;А;А1;;1;1,00;;\n".encode("cp1251")
    finance = world.people["finance"]
    found = receive_file.receive_file(finance, io.BytesIO(content), name="bad.csv")
    look = choose_columns.look_at(finance, found)
    choose_columns.choose_columns(finance, found, look.mapping, heads=look.heads)
    import_ledger.check_import(finance, found)
    return {"pk": found.pk}


def errors(world, user):
    """The sheet of errors of such a file."""
    return {**broken(world, user), "form": "csv"}


def call(name, method="get", **more):
    """An address of the API: strangers get 401, bodies are JSON."""
    more = {"json": method != "get"} | more
    return Row(f"api:{name}", method=method, anonymous=401, **more)


def columns(world, user):
    """What the form of the columns sends."""
    return {f"column-{place}": code for place, code in enumerate(COLUMNS)}


COLUMNS = (
    *("date", "document", "client_code", "client_name", "product_code", "category"),
    *("quantity", "amount", "cost", "manager"),
)


def profile(world, user):
    return {"pk": ImportProfile.objects.create(name="1C", heads="x", mapping={"columns": {}}).pk}


def closed(world, user):
    month = Month.parse(LAST_YEAR)
    actions.lock_month(world.people["finance"], month)
    return {"month": LAST_YEAR}


def file(world, user):
    return {"file": io.BytesIO(SALES)}


def reason(world, user):
    return {"reason": "wrong period"}


ROWS = [
    Row("ledger:imports", may=SEE),
    Row("ledger:template", may=IMPORT),
    Row("ledger:upload", may=IMPORT),
    Row("ledger:upload", may=IMPORT, method="post", data=file),
    Row("ledger:report", may=SEE, own=checked),
    Row("ledger:mapping", may=IMPORT, own=sent),
    Row("ledger:mapping", may=IMPORT, method="post", own=sent, data=columns),
    Row("ledger:check", may=IMPORT, method="post", own=chosen),
    Row("ledger:errors", may=SEE, own=errors),
    Row("ledger:publish", may=IMPORT, method="post", own=checked),
    Row("ledger:cancel", may=IMPORT, method="post", own=checked),
    Row("ledger:undo", may=IMPORT, method="post", own=published, data=reason),
    Row("ledger:profiles", may=IMPORT),
    Row("ledger:forget-profile", may=IMPORT, method="post", own=profile),
    Row("ledger:months", may=SEE),
    Row("ledger:lock", may=IMPORT, method="post", own=lambda world, user: {"month": LAST_YEAR}),
    Row("ledger:unlock", may=IMPORT, method="post", own=closed, data=reason),
    Row("ledger:unassigned", may=SEE),
    # the API
    call("send_file", method="post", may=IMPORT, data=file, json=False, ok=201),
    call("list_imports", may=SEE),
    call("list_imports", "post", may=IMPORT, ok=201, json=False, data=file),
    call("get_import", may=SEE, own=checked),
    call("get_columns", may=IMPORT, own=sent),
    call("set_mapping", "post", may=IMPORT, ok=200, own=sent),
    call("check", "post", may=IMPORT, ok=202, own=chosen),
    call("list_errors", may=SEE, own=broken),
    call("publish", "post", may=IMPORT, ok=202, own=checked),
    call("cancel", "post", may=IMPORT, ok=200, own=checked),
    call("undo", "post", may=IMPORT, ok=202, own=published, data=reason),
    call("totals", may=MONEY),
]
