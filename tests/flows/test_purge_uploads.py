"""Uploads that nobody went on with."""

import datetime as dt
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from kamerton.domain.ledger import actions
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import import_ledger, tasks
from kamerton.flows.order_import import order_check
from kamerton.flows.purge_uploads import KEPT, purge_uploads
from kamerton.flows.receive_file import receive_file
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.flows.conftest import SALES, sales

pytestmark = pytest.mark.django_db
State = LedgerImport.State
Made = Callable[..., LedgerImport]
AGO = KEPT + dt.timedelta(hours=1)


def file_of(found: LedgerImport) -> Path:
    return Path(settings.FILES) / found.file


def purged_later() -> int:
    return purge_uploads(system_user(), now=timezone.now() + AGO)


def grown_old(found: LedgerImport) -> None:
    """The row and the file are of two weeks ago; the journal is of today."""
    past = timezone.now() - AGO
    LedgerImport.objects.filter(pk=found.pk).update(created_at=past)
    os.utime(file_of(found), (past.timestamp(), past.timestamp()))


def test_left_alone_its_file_goes_and_its_row_stays(finance: User, checked: Made, received: Made):
    left = [
        checked(SALES, "checked.csv"),
        received(sales("05.10.2026;1;К-1;Ромашка;А1;Трубы;1;10;;"), "uploaded.csv"),
        received(sales("06.10.2026;2;К-1;Ромашка;А1;Трубы;1;10;;"), "cancelled.csv"),
    ]
    actions.cancel_import(finance, left[2])
    work = import_ledger.work_folder(left[0])
    assert work.is_dir()
    assert purged_later() == 3
    assert not work.exists()
    assert not any(file_of(found).exists() for found in left)
    assert LedgerImport.objects.count() == 3
    with pytest.raises(import_ledger.SourceGone, match=r"checked\.csv"):
        import_ledger.source_of(left[0])
    again = receive_file(finance, io.BytesIO(SALES), name="checked.csv")
    assert again == left[0]
    assert import_ledger.check_import(finance, again).lines == 4


def test_for_two_weeks_everything_stays(finance: User, checked: Made):
    found = checked()
    assert purge_uploads(system_user(), now=timezone.now() + KEPT - dt.timedelta(hours=1)) == 0
    assert file_of(found).exists()
    assert import_ledger.work_folder(found).is_dir()


def test_what_is_or_was_in_the_ledger_keeps_its_file(finance: User, imported: Made):
    found = imported()
    assert purged_later() == 0
    actions.undo_import(finance, found, reason="wrong period")
    assert purged_later() == 0
    assert file_of(found).exists()


def test_a_file_that_another_import_needs_stays(finance: User, imported: Made):
    """Undone and sent again, then cancelled: both rows name one file."""
    actions.undo_import(finance, imported(), reason="wrong period")
    again = receive_file(finance, io.BytesIO(SALES), name="again.csv")
    actions.cancel_import(finance, again)
    assert purged_later() == 0
    assert file_of(again).exists()


def test_what_is_being_worked_on_stays(finance: User, received: Made):
    found = received()
    order_check(finance, found)
    assert purged_later() == 0
    assert file_of(found).exists()


def test_an_old_upload_that_somebody_took_up_today_stays(finance: User, received: Made):
    found = received()
    grown_old(found)
    assert purge_uploads(system_user()) == 0
    assert file_of(found).exists()


def test_files_of_no_import_go_by_night(company: object):
    folder = Path(settings.FILES) / "ledger"
    folder.mkdir(parents=True, exist_ok=True)
    past = (timezone.now() - AGO).timestamp()
    for name in ("0f.csv", ".tmp-0f"):
        (folder / name).write_text("x")
        os.utime(folder / name, (past, past))
    (folder / "new.csv").write_text("x")
    tasks.keep_ledger.call()
    assert [path.name for path in folder.iterdir()] == ["new.csv"]


def test_only_who_runs_the_installation_deletes(received: Made):
    found = received()
    with pytest.raises(NotAllowed):
        purge_uploads(UserFactory(roles=["finance"]), now=timezone.now() + AGO)
    assert file_of(found).exists()
