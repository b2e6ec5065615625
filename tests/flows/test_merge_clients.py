"""Merged clients stand where their joined sales put them."""

import pytest

from kamerton.domain.accounts.actions import (
    Assigning,
    Handing,
    KeyStays,
    apply_mass_change,
)
from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation.models import Standing
from kamerton.domain.segmentation.queries import current_restatement
from kamerton.flows import tasks
from kamerton.flows.merge_clients import WorkStays, merge_clients, undo_merge
from kamerton.flows.restate_standings import restate_standings
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.jobs import worker
from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.factories.buying_centre import opened
from tests.factories.plans import a_plan
from tests.factories.segmentation import AS_OF, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"], scope="all")


@pytest.fixture
def clients(head: User, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """Ten clients of one manager with their standings of the day."""
    monkeypatch.setattr("kamerton.flows.restate_standings.localdate", lambda: AS_OF)
    found = sample()
    Client.objects.update(manager=UserFactory(supervisor=head))
    restate_standings(system_user(), as_of=AS_OF)
    return found


def revenue() -> dict[str, int]:
    rows = Standing.objects.filter(restatement=current_restatement())
    return dict(rows.values_list("client__name", "revenue"))


def test_a_merge_joins_standings_and_its_undo_parts_them(head, clients):
    before = revenue()
    change = merge_clients(head, clients["C09"], clients["C10"])
    assert worker.drain() == 1
    joined = revenue()
    assert joined["C09"] == before["C09"] + before["C10"] > before["C09"]
    assert "C10" not in joined
    assert undo_merge(head, change) == clients["C10"]
    assert worker.drain() == 1
    assert revenue() == before


def test_merges_in_a_row_are_counted_once(head, clients):
    for name in ("C07", "C08", "C10"):
        merge_clients(head, clients["C09"], clients[name])
    assert Job.objects.filter(status="queued").count() == 1
    worker.drain()
    merge_clients(head, clients["C05"], clients["C06"])
    assert Job.objects.filter(status="queued").count() == 1


def test_a_refused_merge_counts_nothing(head, clients):
    Client.objects.filter(pk=clients["C10"].pk).update(manager_keys=1)
    with pytest.raises(KeyStays):
        merge_clients(head, clients["C09"], clients["C10"])
    assert not Job.objects.exists()


def test_standings_do_not_depend_on_who_holds_the_clients(head, clients):
    """So a mass change of managers queues nothing: a recount would say the same."""
    columns = [
        field.attname
        for field in Standing._meta.concrete_fields
        if field.name not in {"id", "restatement"}
    ]

    def all_of_them() -> list[tuple[object, ...]]:
        rows = Standing.objects.filter(restatement=current_restatement())
        return list(rows.order_by("client").values_list(*columns))

    before = all_of_them()
    handing = Handing(UserFactory(supervisor=head), AS_OF, reason="parental leave")
    chosen = [client.pk for client in clients.values()]
    applied = apply_mass_change(head, chosen, wish=Assigning(handing))
    assert applied.change.count == 10
    tasks.restate_later(head)
    worker.drain()
    assert all_of_them() == before


def test_the_card_with_a_buying_centre_or_a_plan_stays(head, clients):
    clients["C09"].refresh_from_db()
    opened(clients["C09"])
    a_plan(clients["C09"].manager, clients["C09"])
    with pytest.raises(WorkStays, match="a buying centre, a perspective plan"):
        merge_clients(head, clients["C10"], clients["C09"])
    clients["C09"].refresh_from_db()
    assert clients["C09"].merged_into is None
    merge_clients(head, clients["C09"], clients["C10"])
