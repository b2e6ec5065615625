"""What people see of clients."""

import datetime as dt

import pytest

from kamerton.domain.accounts import queries
from kamerton.domain.accounts.actions import (
    OverExportLimit,
    export_clients,
    export_contacts,
    forget_view,
    save_view,
)
from kamerton.domain.accounts.models import Client, ClientGroup
from kamerton.domain.accounts.queries import Filters
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def owner() -> User:
    return UserFactory(roles=["owner"])


def names(viewer: User, sort: str = "name", **wanted: object) -> list[str]:
    found = queries.clients(viewer, Filters(**wanted), sort=sort)  # type: ignore[arg-type]
    return [client.name for client in found]


def test_who_sees_which_clients(head, ann, owner):
    peer, far = UserFactory(supervisor=head), UserFactory()
    assistant = UserFactory(roles=["assistant"], supervisor=ann)
    for name, manager in (("Anns", ann), ("Peers", peer), ("Far", far), ("Nobodys", None)):
        ClientFactory(name=name, manager=manager)
    seen = {
        ann: ["Anns", "Peers"],
        assistant: ["Anns"],
        head: ["Anns", "Nobodys", "Peers"],
        far: ["Far"],
        owner: ["Anns", "Far", "Nobodys", "Peers"],
        UserFactory(roles=["finance"]): ["Anns", "Far", "Nobodys", "Peers"],
        UserFactory(roles=["methodologist"]): ["Anns", "Far", "Nobodys", "Peers"],
        UserFactory(roles=["recruiter"]): [],
    }
    assert {viewer: names(viewer) for viewer in seen} == seen
    mine = [client.name for client in Client.objects.editable_by(ann)]
    assert mine == ["Anns"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ЕЛКА", ["Ёлка Торг", "Зелёная ёлка"]),
        ("торг елк", ["Ёлка Торг"]),
        ("7707", ["Ёлка Торг"]),
        ("77 07 08", ["Ёлка Торг"]),
        ("C-1", ["Зелёная ёлка"]),
        ("100%", ["100% Сервис"]),
        ("_", []),
        ("'; drop", []),
    ],
)
def test_search_folds_case_and_yo_and_reads_inn_and_code(owner, search, found):
    ClientFactory(name="Ёлка Торг", inn="7707083893")
    ClientFactory(name="Зелёная ёлка", code="C-17")
    ClientFactory(name="100% Сервис")
    assert sorted(names(owner, search=search)) == sorted(found)


def test_filters(owner, ann):
    group = ClientGroup.objects.create(name="Holding")
    ClientFactory(name="Member", group=group, region="Perm", industry="valves", segment="key")
    ClientFactory(name="Daughter", group=group, state="dormant")
    key = ClientFactory(name="Anns", manager=ann, company_key_since=dt.date(2026, 1, 1))
    ClientFactory(name="Gone", archived_at="2026-01-01T00:00Z")
    ClientFactory(name="Merged", merged_into=key)
    ContactPersonFactory(client=key)
    assert names(owner, group=group.pk) == ["Daughter", "Member"]
    assert names(owner, region="Perm") == names(owner, industry="valves") == ["Member"]
    assert names(owner, segment="key") == ["Member"]
    assert names(owner, state="dormant") == ["Daughter"]
    assert names(owner, manager=ann.pk) == names(owner, company_key=True) == ["Anns"]
    assert names(owner, one_contact=True) == ["Anns"]
    assert names(owner, unassigned=True) == ["Daughter", "Member"]
    assert names(owner, archived=True) == ["Gone"]
    assert queries.written_values(owner, "region") == ["Perm"]


def test_order(owner):
    for name, region, manager in (("ёж", "B", "Zed"), ("Ель", "C", "Amy"), ("Яма", "A", None)):
        holder = UserFactory(full_name=manager) if manager else None
        ClientFactory(name=name, region=region, manager=holder)
    assert names(owner) == ["ёж", "Ель", "Яма"]
    assert names(owner, "-name") == ["Яма", "Ель", "ёж"]
    assert names(owner, "region") == ["Яма", "ёж", "Ель"]
    assert names(owner, "manager") == ["Ель", "ёж", "Яма"]
    assert names(owner, "-manager") == ["ёж", "Ель", "Яма"]
    assert names(owner, "nonsense") == names(owner)


def test_filters_are_read_from_an_address_and_written_back():
    given = {"search": " acme ", "manager": "7", "archived": "1", "group": "x", "unassigned": "no"}
    wanted = Filters.read(given)
    assert wanted == Filters(search="acme", manager=7, archived=True)
    assert wanted.as_query() == "search=acme&manager=7&archived=1"
    assert Filters.read({"manager": "9" * 40, "search": "a\x00b"}) == Filters(search="ab")
    assert wanted.without("manager").set == [("search", "acme"), ("archived", True)]


def test_a_page_takes_three_queries_whatever_its_size(owner, ann, django_assert_num_queries):
    for _ in range(30):
        ClientFactory(manager=ann)
    assert owner.scope == "all"
    for limit in (5, 25):
        with django_assert_num_queries(3):
            page = queries.client_page(owner, Filters(), limit=limit)
            assert [str(client.manager) for client in page.rows] == ["Ann Bell"] * limit
        assert (page.total, page.more) == (30, False)


def test_one_client(owner, ann):
    own, foreign = ClientFactory(manager=ann, code="C1"), ClientFactory()
    assert queries.client(ann, own.pk) == own
    assert queries.client(ann, foreign.pk) is None
    assert queries.may_change(ann, own)
    assert not queries.may_change(owner, own)
    assert queries.codes(ann, own) == ["C1"]
    assert queries.codes(UserFactory(), own) == []


def test_contacts_of_foreign_clients_are_not_seen(ann):
    contact = ContactPersonFactory(client=ClientFactory(manager=ann))
    assert list(queries.contacts(ann, contact.client)) == [contact]
    assert not queries.contacts(UserFactory(), contact.client).exists()


@pytest.mark.req("S2-37")
@pytest.mark.parametrize(("count", "verdict"), [(19, "few"), (20, ""), (100, ""), (101, "many")])
def test_norm_of_a_flow_manager(head, count, verdict):
    seller = UserFactory(roles=["account_manager"], supervisor=head)
    _clients_of(seller, count)
    load = next(load for load in queries.load_of(head) if load.manager == seller)
    assert (load.clients, load.verdict) == (count, verdict)
    assert bool(load.sentence) == bool(verdict)


@pytest.mark.req("S2-38")
@pytest.mark.parametrize(("count", "verdict"), [(4, "few"), (5, ""), (30, ""), (31, "many")])
def test_norm_of_a_kam(head, ann, count, verdict):
    _clients_of(ann, count)
    ClientFactory(manager=ann, archived_at="2026-01-01T00:00Z")
    load = next(load for load in queries.load_of(head) if load.manager == ann)
    assert (load.clients, load.verdict) == (count, verdict)


def test_norms_are_settings(head, ann):
    _clients_of(ann, 3)
    loads = queries.load_of(head, norms=queries.Norms(kam_low=1, kam_high=2))
    assert next(load for load in loads if load.manager == ann).verdict == "many"


def test_load_takes_a_fixed_number_of_queries(head, django_assert_max_num_queries):
    for _ in range(5):
        ClientFactory(manager=UserFactory(supervisor=head))
    assert head.subtree_ids
    with django_assert_max_num_queries(4):
        assert len(queries.load_of(head)) == 6


def _clients_of(manager: User, count: int) -> None:
    Client.objects.bulk_create(
        Client(name=f"C{i}", name_folded=f"c{i}", manager=manager) for i in range(count)
    )


@pytest.mark.req("S1-56")
def test_contacts_leave_the_house_within_the_limit_and_are_logged(head, ann):
    client = ClientFactory(manager=ann)
    ContactPersonFactory.create_batch(50, client=client)
    ContactPersonFactory(client=ClientFactory(manager=UserFactory(supervisor=head)))
    assert len(list(export_contacts(ann, Filters(), file_format="csv"))) == 50
    entry = AuditEntry.objects.get(action="accounts.contacts_exported")
    assert (entry.actor, entry.after["rows"], entry.after["format"]) == (ann, 50, "csv")
    ContactPersonFactory(client=client)
    with pytest.raises(OverExportLimit, match=r"51 contacts are chosen.*at most 50"):
        export_contacts(ann, Filters())
    assert AuditEntry.objects.count() == 1
    assert len(list(export_contacts(head, Filters()))) == 52


def test_only_those_who_may_take_tables_out(ann):
    ClientFactory(manager=ann)
    for role in ("finance", "methodologist", "recruiter", "assistant"):
        with pytest.raises(NotAllowed):
            export_clients(UserFactory(roles=[role]), Filters())
    assert not AuditEntry.objects.exists()
    assert len(list(export_clients(ann, Filters(search="client")))) == 1
    assert AuditEntry.objects.get().after == {
        "rows": 1,
        "format": "xlsx",
        "filters": "search=client",
    }


def test_views_are_ones_own(ann):
    view = save_view(ann, "clients", name=" Perm ", query="region=Perm")
    save_view(ann, "clients", name="Perm", query="region=Perm&sort=-name")
    assert [v.query for v in queries.saved_views(ann, "clients")] == ["region=Perm&sort=-name"]
    stranger = UserFactory()
    assert not queries.saved_views(stranger, "clients").exists()
    forget_view(stranger, view)
    assert queries.saved_views(ann, "clients").exists()
    forget_view(ann, view)
    assert not queries.saved_views(ann, "clients").exists()
