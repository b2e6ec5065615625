"""Checks and imports as jobs: progress, stop, and what follows from them."""

from collections.abc import Callable

import pytest

from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import LedgerImport, Segment
from kamerton.flows import order_import, watch_import
from kamerton.platform.access.models import User
from kamerton.platform.errors import NotAllowed
from kamerton.platform.files.store import kept_path
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs import worker
from kamerton.platform.jobs.models import Job
from kamerton.platform.jobs.progress import Reporter
from tests.factories import UserFactory
from tests.flows.conftest import TOTAL

pytestmark = pytest.mark.django_db
State = LedgerImport.State
Made = Callable[..., LedgerImport]


def live_amount() -> int:
    return sum(segment.amount for segment in queries.live_segments())


def test_a_file_goes_all_its_way_in_the_background(finance: User, received: Made):
    found = received()
    order_import.order_check(finance, found)
    assert worker.drain() == 1
    found.refresh_from_db()
    assert found.state == State.CHECKED
    job = order_import.order_publication(finance, found)
    assert (job.name, job.subject, job.started_by) == ("Import of sales", "sales.csv", finance)
    assert worker.drain() == 2  # the import, and the recomputation that it queued
    found.refresh_from_db()
    assert found.state == State.PUBLISHED
    assert live_amount() == TOTAL
    assert set(Job.objects.values_list("status", flat=True)) == {"done"}
    assert Job.objects.get(task__endswith="restate_standings").started_by == finance


def test_ordered_twice_it_runs_once(finance: User, received: Made):
    found = received()
    first = order_import.order_check(finance, found)
    assert order_import.order_check(finance, found).pk == first.pk
    worker.drain()
    found.refresh_from_db()
    first = order_import.order_publication(finance, found)
    assert order_import.order_publication(finance, found).pk == first.pk
    worker.drain()
    assert Job.objects.filter(task__endswith="run_import").count() == 1
    assert live_amount() == TOTAL


def test_who_may_not_import_queues_nothing(company: object, received: Made):
    found = received()
    with pytest.raises(NotAllowed):
        order_import.order_check(UserFactory(), found)
    found.refresh_from_db()
    assert found.state == State.UPLOADED
    assert not Job.objects.exists()


def test_a_refused_import_queues_nothing(finance: User, received: Made):
    found = received()
    with pytest.raises(actions.NotReady):
        order_import.order_publication(finance, found)
    assert not Job.objects.exists()


def test_a_stopped_job_leaves_the_ledger_as_it_was(
    finance: User, checked: Made, monkeypatch: pytest.MonkeyPatch
):
    found = checked()
    job = order_import.order_publication(finance, found)
    monkeypatch.setattr("kamerton.platform.jobs.progress.PAUSE", 0)
    asked = Reporter.advance

    def advance(self: Reporter, done: int) -> None:
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
        asked(self, done)

    monkeypatch.setattr(Reporter, "advance", advance)
    worker.drain()
    found.refresh_from_db()
    job.refresh_from_db()
    assert (job.status, found.state) == ("cancelled", State.CANCELLED)
    assert not Segment.objects.exists()
    assert not Client.objects.exists()


def test_giving_an_import_up_ends_its_job(finance: User, received: Made):
    found = received()
    job = order_import.order_check(finance, found)
    order_import.stop_import(finance, found)
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.status, found.state) == ("cancelled", State.CANCELLED)
    assert worker.drain() == 0


def test_a_job_stopped_before_it_began_can_be_ordered_again(finance: User, received: Made):
    found = received()
    job = order_import.order_check(finance, found)
    jobs.cancel(finance, job)
    again = order_import.order_check(finance, found)
    assert again.pk != job.pk
    worker.drain()
    found.refresh_from_db()
    assert found.state == State.CHECKED


def test_a_refusal_is_told_by_the_job_and_by_the_import(finance: User, received: Made):
    found = received()
    kept_path(found.file).write_bytes(b"%PDF-1.7")
    job = order_import.order_check(finance, found)
    worker.drain()
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.status, found.state) == ("dead", State.FAILED)
    assert job.attempts == 1
    assert job.error == found.failure != ""


def test_a_file_that_was_deleted_is_told_and_can_be_sent_again(finance: User, received: Made):
    found = received()
    kept_path(found.file).unlink()
    order_import.order_check(finance, found)
    worker.drain()
    found.refresh_from_db()
    assert found.state == State.FAILED
    assert "Send the file again." in found.failure


def test_undoing_wants_a_reason_and_counts_anew(finance: User, imported: Made):
    found = imported()
    with pytest.raises(order_import.ReasonMissing):
        order_import.undo_import(finance, found, reason="  ")
    assert live_amount() == TOTAL
    order_import.undo_import(finance, found, reason="wrong period")
    assert live_amount() == 0
    assert Job.objects.filter(task__endswith="restate_standings", status="queued").exists()


class Heard(Reporter):
    """Keeps what a job would have been told."""

    def __init__(self) -> None:
        super().__init__(None)
        self.told: list[object] = []

    def stage(self, name: str, total: int | None = None) -> None:
        self.told.append((name, total))

    def advance(self, done: int) -> None:
        self.told.append(done)


def test_shares_of_the_way_become_rows_of_a_stage():
    heard = Heard()
    teller = watch_import.Teller(heard, 1000)
    for share in (0.0, 0.25, 0.5):
        teller.tell("Reading", share, 0)
    for share in (0.5, 0.6):
        teller.tell("Checking", share, 0)
    teller.tell("Done", 1.0, 980)
    assert heard.told == [
        ("Reading", 1000), 0, 500, 1000, ("Checking", 1000), 0, 1000, ("Done", 980), 980,
    ]  # fmt: skip


def test_a_file_of_unknown_length_tells_the_rows_it_has_seen():
    heard = Heard()
    watch_import.Teller(heard, None).tell("Reading", 0.3, 50_000)
    assert heard.told == [("Reading", None), 50_000]


def test_rows_are_expected_by_the_first_part_of_a_file(tmp_path, shared):
    plain = tmp_path / "a.csv"
    plain.write_bytes(b"one;two\n" * 300_000)
    assert watch_import.expected_rows(plain) == pytest.approx(300_000, rel=0.02)
    retail = shared / "online_retail_ii_2009_2010" / "online_retail_ii_2009_2010.csv.gz"
    assert watch_import.expected_rows(retail) == pytest.approx(525_461, rel=0.3)
    resellers = shared / "adventureworks_dw" / "FactResellerSales.parquet"
    assert watch_import.expected_rows(resellers) == 60_855
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 cut")
    assert watch_import.expected_rows(tmp_path / "cut.parquet") is None
