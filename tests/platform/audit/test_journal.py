import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kamerton.platform.access.roles import Role
from kamerton.platform.audit import queries
from kamerton.platform.audit.actions import record
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.audit.queries import Wanted
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    actor = UserFactory(full_name="Пётр Ёлкин")
    return record(
        actor, "access.thing_done", actor, before={"x": Decimal("1.50")}, reason="Просьба клиента"
    )


def test_a_row_keeps_who_what_and_why(entry):
    kept = AuditEntry.objects.get()
    assert (kept.actor, kept.action) == (entry.actor, "access.thing_done")
    assert kept.subject_label == "Пётр Ёлкин"
    assert kept.before == {"x": "1.50"}
    assert kept.reason == "Просьба клиента"


def test_code_changes_no_row(entry):
    with pytest.raises(TypeError):
        AuditEntry.objects.update(action="x")
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError):
        entry.delete()
    assert AuditEntry.objects.get().action == "access.thing_done"


def test_the_database_changes_no_row_either(entry):
    entry.action = "access.nothing_happened"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_auditentry SET reason = 'other'")
    kept = AuditEntry.objects.get()
    assert (kept.action, kept.reason) == ("access.thing_done", "Просьба клиента")


@pytest.mark.parametrize("role", Role.values)
def test_the_whole_journal_is_for_owner_and_methodologist(entry, role):
    found = queries.entries(UserFactory(roles=[role]))
    assert bool(found) == (role in ("owner", "methodologist"))


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(search="елкин"), 1),
        (Wanted(search="ПРОСЬБА"), 1),
        (Wanted(search="Сидоров"), 0),
        (Wanted(action="access."), 1),
        (Wanted(action="accounts."), 0),
        (Wanted(since=dt.date(2020, 1, 1)), 1),
        (Wanted(until=dt.date(2020, 1, 1)), 0),
        (Wanted(actor_id=-1), 0),
    ],
)
def test_the_journal_is_searched(entry, wanted, count):
    assert queries.entries(UserFactory(roles=["owner"]), wanted).count() == count


def test_both_days_are_included(entry):
    today = timezone.localdate()
    owner = UserFactory(roles=["owner"])
    assert queries.entries(owner, Wanted(since=today, until=today)).count() == 1
    assert not queries.entries(owner, Wanted(since=today + dt.timedelta(days=1)))


def test_the_list_costs_one_query(entry, django_assert_num_queries):
    owner = UserFactory(roles=["owner"])
    for _ in range(5):
        record(entry.actor, "access.thing_done")
    assert owner.permissions
    with django_assert_num_queries(1):
        assert len({str(one.actor) for one in queries.entries(owner)}) == 1


def test_the_history_of_one_record(entry):
    other = UserFactory()
    record(other, "access.thing_done", other)
    assert list(queries.history_of(entry.actor)) == [entry]
