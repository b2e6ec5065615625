"""One change of many clients: preview, apply, undo."""

import datetime as dt

import pytest

from kamerton.domain.accounts.actions import (
    AlreadyUndone,
    Archiving,
    Assigning,
    DoesNotFit,
    Handing,
    NothingToDo,
    NotYourPerson,
    TooMany,
    Writing,
    apply_mass_change,
    change_client,
    preview_mass_change,
    undo_mass_change,
)
from kamerton.domain.accounts.models import Client, ClientAssignment, MassChange
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
MAY_1 = dt.date(2026, 5, 1)


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def bob(head: User) -> User:
    return UserFactory(full_name="Bob Cole", supervisor=head)


def state() -> list[object]:
    return [
        list(Client.objects.order_by("pk").values("pk", "manager", "region", "archived_at")),
        list(ClientAssignment.objects.order_by("pk").values("client", "user", "since", "until")),
    ]


def test_refused_rows_are_left_out_and_named(head, ann, bob):
    plain = [ClientFactory(manager=ann, name=f"Client {i}") for i in range(3)]
    already = ClientFactory(manager=bob, name="Held by Bob")
    foreign = ClientFactory(manager=UserFactory(), name="Foreign")
    chosen = [client.pk for client in (*plain, already, foreign)]
    wish = Assigning(Handing(bob, MAY_1))
    before = state()
    preview = preview_mass_change(head, chosen, wish=wish)
    assert state() == before
    assert [(row.before, row.after) for row in preview.accepted] == [("Ann Bell", "Bob Cole")] * 3
    assert [row.client for row in preview.refused] == [already]  # the foreign one is not even seen
    applied = apply_mass_change(head, chosen, wish=wish)
    assert applied.change.count == 3
    assert [row.client for row in applied.refused] == [already]
    assert Client.objects.filter(manager=bob).count() == 4
    assert AuditEntry.objects.filter(action="accounts.client_assigned").count() == 3
    undone = undo_mass_change(head, applied.change)
    assert (undone.count, undone.left) == (3, [])
    assert state() == before
    with pytest.raises(AlreadyUndone):
        undo_mass_change(head, applied.change)


def test_guards_apply_to_each_client(head, ann, bob):
    User.objects.filter(pk=bob.pk).update(status="onboarding")
    bob.refresh_from_db()
    key = ClientFactory(manager=ann, manager_keys=1)
    often = ClientFactory(manager=ann, assignment=dt.date(2026, 4, 1))
    often.assignments.create(
        user=bob, role="strategic_owner", since=dt.date(2025, 1, 1), until=dt.date(2026, 3, 31)
    )
    early = ClientFactory(manager=ann, assignment=dt.date(2026, 6, 1))
    wish = Assigning(Handing(bob, MAY_1))
    preview = preview_mass_change(head, [key.pk, often.pk, early.pk], wish=wish)
    reasons = {row.client.pk: type(row.refusal).__name__ for row in preview.refused}
    assert reasons == {
        key.pk: "NewcomerHoldsNoKeys",
        often.pk: "ReasonNeeded",
        early.pk: "StartsTooEarly",
    }
    before = state()
    with pytest.raises(NothingToDo):
        apply_mass_change(head, [key.pk, early.pk], wish=wish)
    assert state() == before


def test_undo_leaves_what_somebody_changed_since(head, ann):
    one, two = ClientFactory(manager=ann, region="Perm"), ClientFactory(manager=ann)
    applied = apply_mass_change(head, [one.pk, two.pk], wish=Writing("region", "Ural"))
    change_client(ann, one, region="Siberia")
    undone = undo_mass_change(head, applied.change)
    assert (undone.count, undone.left) == (1, [one])
    assert list(Client.objects.order_by("pk").values_list("region", flat=True)) == ["Siberia", ""]


def test_archive_many_but_no_keys(head, ann):
    plain, key = ClientFactory(manager=ann), ClientFactory(manager=ann, company_key_since=MAY_1)
    applied = apply_mass_change(head, [plain.pk, key.pk], wish=Archiving("closed"))
    assert [row.client for row in applied.refused] == [key]
    assert list(Client.objects.present()) == [key]
    undo_mass_change(head, applied.change)
    assert Client.objects.present().count() == 2


def test_a_seller_writes_on_his_own_cards_only(head, ann, bob):
    own, peers = ClientFactory(manager=ann), ClientFactory(manager=bob)
    applied = apply_mass_change(ann, [own.pk, peers.pk], wish=Writing("industry", "valves"))
    assert [row.client for row in applied.refused] == [peers]
    peers.refresh_from_db()
    assert peers.industry == ""


@pytest.mark.parametrize(
    "wish",
    [Writing("inn", "7707083893"), Writing("service_model", "king"), Writing("region", "x" * 999)],
)
def test_what_does_not_fit_is_refused(head, ann, wish):
    client = ClientFactory(manager=ann)
    before = state()
    with pytest.raises(DoesNotFit):
        apply_mass_change(head, [client.pk], wish=wish)
    assert state() == before


def test_rights_and_limits(head, ann, bob):
    client = ClientFactory(manager=ann)
    before = state()
    with pytest.raises(NotAllowed):
        preview_mass_change(ann, [client.pk], wish=Assigning(Handing(bob, MAY_1)))
    with pytest.raises(NotAllowed):
        apply_mass_change(ann, [client.pk], wish=Archiving())
    with pytest.raises(NotYourPerson):
        apply_mass_change(head, [client.pk], wish=Assigning(Handing(UserFactory(), MAY_1)))
    with pytest.raises(TooMany):
        preview_mass_change(head, list(range(1001)), wish=Archiving())
    assert state() == before
    assert not MassChange.objects.exists()


def test_another_seller_does_not_undo(head, ann, bob):
    client = ClientFactory(manager=ann)
    applied = apply_mass_change(ann, [client.pk], wish=Writing("region", "Ural"))
    undone = undo_mass_change(bob, applied.change)
    client.refresh_from_db()
    assert (undone.count, client.region) == (0, "Ural")


def test_a_preview_takes_a_fixed_number_of_queries(head, ann, bob, django_assert_max_num_queries):
    chosen = [ClientFactory(manager=ann).pk for _ in range(30)]
    assert head.permissions
    with django_assert_max_num_queries(9):
        preview_mass_change(head, chosen, wish=Assigning(Handing(bob, MAY_1)))
