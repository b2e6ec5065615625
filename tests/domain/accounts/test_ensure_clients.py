"""Clients that a ledger brings."""

import datetime as dt

import pytest

from kamerton.domain.accounts.actions import NameTooLong, assign_unheld, ensure_clients
from kamerton.domain.accounts.models import Client, ClientAssignment, ClientCode
from kamerton.domain.accounts.queries import holders_by_ledger_name
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
INN, OTHER_INN = "7707083893", "500100732259"
MAY_1 = dt.date(2026, 5, 1)


@pytest.fixture
def finance() -> User:
    return UserFactory(roles=["finance"])


def test_new_clients_appear_unassigned_with_one_journal_row(finance):
    made = ensure_clients(finance, [("C1", "ООО «Ёлка»", INN), ("C2", "", ""), ("C1", "again", "")])
    assert set(made) == {"C1", "C2"}
    first, second = Client.objects.order_by("pk")
    assert (first.name, first.inn, first.manager) == ("ООО «Ёлка»", INN, None)
    assert (first.name_folded, second.name) == ("ооо «елка»", "C2")
    assert AuditEntry.objects.get().after == {"made": 2, "matched": 0, "known": 0}


def test_the_same_file_again_makes_nothing(finance):
    rows = [("C1", "Acme", INN), ("C2", "Bolt", "")]
    first = ensure_clients(finance, rows)
    assert ensure_clients(finance, rows) == first
    assert Client.objects.count() == 2
    assert AuditEntry.objects.count() == 1


def test_a_known_code_finds_an_archived_client_and_a_survivor(finance):
    gone = ClientFactory(name="Acme", code="C1", archived_at="2026-01-01T00:00Z")
    assert ensure_clients(finance, [("C1", "Acme", "")]) == {"C1": gone.pk}


def test_a_client_with_this_inn_and_a_like_name_takes_the_code(finance):
    there = ClientFactory(name="АО Ёлка Трейд", inn=INN)
    made = ensure_clients(finance, [("C1", "Елка-Трейд ООО", INN), ("C2", INN, INN)])
    assert made["C1"] == there.pk
    branch = ensure_clients(finance, [("C3", "Магазин на Мира", INN)])
    assert branch["C3"] != there.pk


def test_a_file_that_names_clients_by_inn_alone_finds_the_one(finance):
    there = ClientFactory(name="Acme", inn=INN)
    assert ensure_clients(finance, [(INN, INN, INN)]) == {INN: there.pk}


def test_a_client_written_by_hand_is_found_by_its_exact_name_once(finance):
    there = ClientFactory(name="Точка")
    made = ensure_clients(finance, [("C1", "ТОЧКА", ""), ("C2", "Точка", "")])
    assert made["C1"] == there.pk
    assert made["C2"] != there.pk
    with_inn = ClientFactory(name="Сеть", inn=OTHER_INN)
    assert ensure_clients(finance, [("C3", "Сеть", INN)])["C3"] != with_inn.pk


def test_two_codes_of_one_inn_and_name_are_one_client(finance):
    made = ensure_clients(finance, [("C1", "Acme LLC", INN), ("C2", "ACME", INN)])
    assert made["C1"] == made["C2"]
    assert ClientCode.objects.count() == 2


def test_a_wrong_inn_is_left_out(finance):
    ensure_clients(finance, [("C1", "Acme", "7707083894")])
    assert Client.objects.get().inn == ""


def test_a_name_of_ten_thousand_characters_changes_nothing(finance):
    with pytest.raises(NameTooLong, match="10000 characters"):
        ensure_clients(finance, [("C0", "Bolt", ""), ("C1", "x" * 10_000, "")])
    assert not Client.objects.exists()


def test_sellers_do_not_import():
    with pytest.raises(NotAllowed):
        ensure_clients(UserFactory(), [("C1", "Acme", "")])
    assert not Client.objects.exists()


def test_queries_do_not_grow_with_the_rows(finance, django_assert_max_num_queries):
    rows = [(f"C{i}", f"Client {i}", "") for i in range(4000)]
    known = ensure_clients(finance, rows)
    with django_assert_max_num_queries(6):
        assert ensure_clients(finance, rows) == known


def test_the_ledger_names_the_holder(finance):
    ann = UserFactory(full_name="Анна Белова", ledger_codes=["БЕЛОВА А.", "17"])
    names = holders_by_ledger_name(finance)
    assert names["белова а."] == names["17"] == names["анна белова"] == ann.pk


def test_only_clients_of_nobody_are_given(finance):
    ann, bob, gone = UserFactory(), UserFactory(), UserFactory(status="left")
    free, taken, third = ClientFactory(), ClientFactory(manager=bob), ClientFactory()
    given = assign_unheld(finance, {free.pk: ann.pk, taken.pk: ann.pk, third.pk: gone.pk}, MAY_1)
    assert given == 1
    assert dict(Client.objects.values_list("pk", "manager")) == {
        free.pk: ann.pk,
        taken.pk: bob.pk,
        third.pk: None,
    }
    assert ClientAssignment.objects.get(client=free).since == MAY_1
    assert AuditEntry.objects.get().after["managers"] == {ann.full_name: 1}


@pytest.mark.req("S0-41")
def test_a_ledger_gives_no_key_to_a_newcomer(finance):
    newcomer = UserFactory(status="onboarding")
    key, plain = ClientFactory(manager_keys=1), ClientFactory()
    assert assign_unheld(finance, {key.pk: newcomer.pk, plain.pk: newcomer.pk}, MAY_1) == 1
    key.refresh_from_db()
    assert key.manager is None


def test_a_card_from_a_ledger_has_the_defaults_of_any_other(finance):
    made = ensure_clients(finance, [(f"C{i}", f"Client {i}", "") for i in range(1100)])
    by_hand = Client.objects.create(name="Client 7", name_folded="client 7")
    own = {"id", "created_at", "updated_at"}
    imported = Client.objects.values().get(pk=made["C7"])
    expected = Client.objects.values().get(pk=by_hand.pk)
    assert {k: v for k, v in imported.items() if k not in own} == {
        k: v for k, v in expected.items() if k not in own
    }
    names = dict(Client.objects.values_list("pk", "name"))
    assert all(names[made[f"C{i}"]] == f"Client {i}" for i in range(1100))
