"""Two cards become one, and two again."""

import datetime as dt

import pytest

from kamerton.domain.accounts.actions import (
    AlreadyMerged,
    AlreadyUndone,
    CannotUndo,
    KeyStays,
    SameClient,
    archive_client,
    change_client,
    ensure_clients,
    merge_clients,
    tell_apart,
    undo_merge,
)
from kamerton.domain.accounts.models import Client, ClientInfluenceLink, MassChange
from kamerton.domain.accounts.queries import assignments, duplicates, survivors
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
INN = "7707083893"


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(supervisor=head)


def snapshot() -> list[object]:
    volatile = {"updated_at"}
    rows = [
        {k: v for k, v in row.items() if k not in volatile}
        for row in Client.objects.order_by("pk").values()
    ]
    both = [
        sorted(client.codes.values_list("code", flat=True))
        + sorted(client.contacts.values_list("full_name", flat=True))
        + sorted(client.assignments.values_list("user", "since", "until"))
        for client in Client.objects.order_by("pk")
    ]
    links = sorted(ClientInfluenceLink.objects.values_list("source", "target", "strength"))
    return [rows, both, links]


def test_codes_people_and_links_move_and_undo_restores_all(head, ann):
    survivor = ClientFactory(name="Acme", code="C1", manager=ann, region="Perm")
    absorbed = ClientFactory(
        name="ACME Ltd", code="C2", manager=UserFactory(supervisor=head), region="Ural", inn=INN
    )
    other = ClientFactory(manager=ann)
    earlier = ClientFactory(merged_into=absorbed)
    olga = ContactPersonFactory(client=absorbed, full_name="Olga")
    moved = ContactPersonFactory(client=other, full_name="Petr", moved_to=absorbed)
    ClientInfluenceLink.objects.create(source=absorbed, target=other, strength=0.7)
    ClientInfluenceLink.objects.create(source=survivor, target=absorbed, strength=0.2)
    before = snapshot()

    change = merge_clients(head, survivor, absorbed, choices={"region": "absorbed"})

    survivor.refresh_from_db()
    assert (survivor.name, survivor.region, survivor.inn) == ("Acme", "Ural", INN)
    assert survivor.manager == ann
    assert sorted(survivor.codes.values_list("code", flat=True)) == ["C1", "C2"]
    assert list(survivor.contacts.all()) == [olga]
    moved.refresh_from_db()
    assert moved.moved_to == survivor
    assert ClientInfluenceLink.objects.values_list("source", "target").get() == (
        survivor.pk,
        other.pk,
    )
    assert survivors(head) == {absorbed.pk: survivor.pk, earlier.pk: survivor.pk}
    assert assignments(head, survivor).count() == 2
    absorbed.refresh_from_db()
    assert not absorbed.is_present
    assert not absorbed.assignments.filter(until=None).exists()

    undo_merge(head, change)
    assert snapshot() == before
    with pytest.raises(AlreadyUndone):
        undo_merge(head, change)


def test_a_reimport_after_a_merge_finds_the_survivor(head, ann):
    survivor, absorbed = ClientFactory(manager=ann), ClientFactory(manager=ann, code="C2")
    merge_clients(head, survivor, absorbed)
    finance = UserFactory(roles=["finance"])
    assert ensure_clients(finance, [("C2", absorbed.name, "")]) == {"C2": survivor.pk}


def test_the_manager_of_the_absorbed_may_be_chosen(head, ann):
    bob = UserFactory(supervisor=head)
    survivor, absorbed = ClientFactory(manager=ann), ClientFactory(manager=bob)
    change = merge_clients(head, survivor, absorbed, choices={"manager": "absorbed"})
    survivor.refresh_from_db()
    assert survivor.manager == bob
    assert survivor.assignments.filter(until=None).get().user == bob
    undo_merge(head, change)
    survivor.refresh_from_db()
    absorbed.refresh_from_db()
    assert (survivor.manager, absorbed.manager) == (ann, bob)
    assert survivor.assignments.get().until is None
    assert absorbed.assignments.get().until is None


def test_a_survivor_of_nobody_takes_the_manager(head, ann):
    survivor, absorbed = ClientFactory(), ClientFactory(manager=ann)
    merge_clients(head, survivor, absorbed)
    survivor.refresh_from_db()
    assert survivor.manager == ann


def test_undo_keeps_what_was_written_since(head, ann):
    survivor = ClientFactory(manager=ann, region="Perm")
    absorbed = ClientFactory(manager=ann, region="Ural", industry="valves")
    change = merge_clients(head, survivor, absorbed, choices={"region": "absorbed"})
    change_client(ann, survivor, industry="pipes")
    undo_merge(head, change)
    survivor.refresh_from_db()
    assert (survivor.region, survivor.industry) == ("Perm", "pipes")


@pytest.mark.req("S4-21")
def test_a_key_card_is_not_absorbed(head, ann):
    survivor = ClientFactory(manager=ann)
    key = ClientFactory(manager=ann, company_key_since=dt.date(2026, 1, 1))
    before = snapshot()
    with pytest.raises(KeyStays, match="keep this card"):
        merge_clients(head, survivor, key)
    assert snapshot() == before
    merge_clients(head, key, survivor)
    key.refresh_from_db()
    assert key.is_company_key


def test_refusals_change_nothing(head, ann):
    mine, foreign = ClientFactory(manager=ann), ClientFactory(manager=UserFactory())
    archived = ClientFactory(manager=ann)
    archive_client(head, archived)
    before = snapshot()
    for survivor, absorbed, error in (
        (mine, mine, SameClient),
        (mine, foreign, NotAllowed),
        (foreign, mine, NotAllowed),
        (mine, archived, AlreadyMerged),
    ):
        with pytest.raises(error):
            merge_clients(head, survivor, absorbed)
    with pytest.raises(NotAllowed):
        merge_clients(ann, mine, archived)
    assert snapshot() == before
    assert not MassChange.objects.exists()


def test_a_merge_is_not_undone_under_another_merge(head, ann):
    first, second, third = (ClientFactory(manager=ann) for _ in range(3))
    change = merge_clients(head, first, second)
    merge_clients(head, third, first)
    before = snapshot()
    with pytest.raises(CannotUndo):
        undo_merge(head, change)
    assert snapshot() == before


def test_duplicates_are_found_by_inn_and_by_name(head, ann):
    a = ClientFactory(manager=ann, name="ООО «Ромашка Трейд»", inn=INN)
    b = ClientFactory(manager=ann, name="Совсем другое имя", inn=INN)
    c = ClientFactory(manager=ann, name="Трейд Ромашка, АО")
    d = ClientFactory(manager=ann, name="Ромашка-Трейд", inn="500100732259")
    ClientFactory(manager=UserFactory(), name="Ромашка Трейд")
    ClientFactory(manager=ann, name="Ромашка Трейд", archived_at="2026-01-01T00:00Z")
    found = {(pair.first.pk, pair.second.pk): pair.reason for pair in duplicates(head)}
    assert found == {(a.pk, b.pk): "inn", (a.pk, c.pk): "name", (c.pk, d.pk): "name"}
    tell_apart(head, d, other=c)
    assert (c.pk, d.pk) not in {(p.first.pk, p.second.pk) for p in duplicates(head)}
    assert AuditEntry.objects.filter(action="accounts.clients_told_apart").exists()


def test_finding_duplicates_takes_a_fixed_number_of_queries(head, django_assert_max_num_queries):
    for _ in range(20):
        ClientFactory(name="Acme")
    assert head.subtree_ids and head.permissions
    with django_assert_max_num_queries(3):
        assert len(duplicates(head)) == 100
