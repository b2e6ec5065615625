"""The card of a client, its people and groups."""

import pytest
from django.core.exceptions import ValidationError

from kamerton.domain.accounts.actions import (
    AlreadyThere,
    FieldsInvalid,
    GroupExists,
    KeyStays,
    add_contact,
    archive_client,
    archive_contact,
    change_client,
    change_contact,
    create_client,
    create_group,
    rename_group,
    restore_client,
    set_group,
)
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.accounts.models.requisites import (
    bare_name,
    check_inn,
    check_kpp,
    check_ogrn,
    e164,
)
from kamerton.domain.accounts.queries import coverage_of, groups, similar
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
INN = "7707083893"


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


def test_a_seller_holds_what_he_makes(ann):
    client = create_client(ann, name=" ООО  «Ёлка» ", inn=INN, region="Perm", code="C-17")
    assert (client.name, client.name_folded) == ("ООО «Ёлка»", "ооо «елка»")
    assert client.manager == ann
    assert client.assignments.get().role == "strategic_owner"
    assert client.codes.get().code == "C-17"
    entry = AuditEntry.objects.get(action="accounts.client_created")
    assert entry.after["inn"] == INN


def test_a_head_may_leave_it_to_nobody_or_give_it(head, ann):
    assert create_client(head, name="One").manager is None
    assert create_client(head, name="Two", manager=ann).manager == ann


@pytest.mark.parametrize("role", ["owner", "finance", "methodologist", "recruiter", "assistant"])
def test_others_make_no_clients(role):
    with pytest.raises(NotAllowed):
        create_client(UserFactory(roles=[role]), name="One")
    assert not Client.objects.exists()


@pytest.mark.req("S1-01")
def test_a_person_of_note_needs_no_inn(ann):
    client = create_client(ann, name="I. Stravinsky", kind="person", renown="composer")
    client.refresh_from_db()
    assert (client.kind, client.inn, client.renown) == ("person", "", "composer")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("inn", "7707083894", "control digit"),
        ("inn", "77070838", "10 digits"),
        ("inn", "٧٧٠٧٠٨٣٨٩٣", "10 digits"),
        ("kpp", "77A301001", "9 characters"),
        ("ogrn", "1027700132196", "control digit"),
        ("ogrn", "10277001", "13 digits"),
        ("name", "", "blank"),
        ("name", "x" * 10_000, "250"),
        ("state", "asleep", "not a valid choice"),
        ("delivery_points", -1, "greater than"),
    ],
)
def test_what_is_written_wrong_is_refused_with_a_sentence(ann, field, value, sentence):
    client = ClientFactory(manager=ann, name="Acme")
    before = Client.objects.values().get(pk=client.pk)
    with pytest.raises(FieldsInvalid, match=sentence) as caught:
        change_client(ann, client, **{field: value})
    assert list(caught.value.fields) == [field]
    assert Client.objects.values().get(pk=client.pk) == before
    assert not AuditEntry.objects.exists()


def test_numbers_of_the_register_are_checked():
    for check, right in ((check_inn, INN), (check_inn, "500100732259"), (check_kpp, "7701BC001")):
        check(right)
    check_ogrn("1027700132195")
    with pytest.raises(ValidationError):
        check_inn("500100732258")


def test_a_lost_client_says_why(ann):
    client = ClientFactory(manager=ann)
    with pytest.raises(FieldsInvalid) as caught:
        change_client(ann, client, state="lost")
    assert list(caught.value.fields) == ["lost_reason"]
    change_client(ann, client, state="lost", lost_reason="price", lost_to="Importer")
    client.refresh_from_db()
    assert client.state == "lost"


def test_only_what_changed_is_in_the_journal(ann):
    client = ClientFactory(manager=ann, region="Perm", industry="valves")
    change_client(ann, client, region="Ural", industry="valves")
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"region": "Perm"}, {"region": "Ural"})
    change_client(ann, client, region="Ural")
    assert AuditEntry.objects.count() == 1


def test_a_card_changed_meanwhile_is_not_written_over(ann, head):
    client = ClientFactory(manager=ann, region="Perm")
    seen = client.updated_at
    change_client(head, client, region="Ural")
    with pytest.raises(Stale) as caught:
        change_client(ann, client, expected=seen, region="Siberia")
    assert caught.value.status == 409
    client.refresh_from_db()
    assert client.region == "Ural"
    change_client(ann, client, expected=client.updated_at, region="Siberia")


def test_a_colleague_reads_and_does_not_write(ann, head):
    peer = UserFactory(supervisor=head)
    client = ClientFactory(manager=ann, region="Perm")
    assert list(Client.objects.visible_to(peer)) == [client]
    with pytest.raises(NotAllowed, match="may read its card, not change it"):
        change_client(peer, client, region="Ural")
    client.refresh_from_db()
    assert client.region == "Perm"


def test_the_same_inn_and_kpp_is_the_same_client(ann):
    there = ClientFactory(manager=ann, name="Acme", inn=INN, kpp="770101001")
    with pytest.raises(AlreadyThere, match="Acme") as caught:
        create_client(ann, name="Acme 2", inn=INN, kpp="770101001")
    assert caught.value.ways_out[0].url == f"/clients/{there.pk}/"
    create_client(ann, name="Acme branch", inn=INN, kpp="770201001")
    stranger = UserFactory()
    with pytest.raises(AlreadyThere, match="another team") as caught:
        create_client(stranger, name="Acme", inn=INN, kpp="770101001")
    assert not caught.value.ways_out
    assert "Acme" not in str(caught.value)
    assert Client.objects.count() == 2


def test_archive_and_back(head, ann):
    client = ClientFactory(manager=ann)
    with pytest.raises(NotAllowed):
        archive_client(ann, client)
    archive_client(head, client, reason="closed")
    client.refresh_from_db()
    assert client.archived_at
    restore_client(head, client)
    client.refresh_from_db()
    assert client.archived_at is None
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["accounts.client_archived", "accounts.client_restored"]


def test_a_key_client_is_not_archived(head, ann):
    client = ClientFactory(manager=ann, manager_keys=1)
    with pytest.raises(KeyStays):
        archive_client(head, client)
    client.refresh_from_db()
    assert client.archived_at is None


def test_contacts_are_written_with_a_phone_in_one_form(ann):
    client = ClientFactory(manager=ann)
    contact = add_contact(ann, client, full_name="Olga Sokolova", phone="8 (912) 345-67-89 доб. 12")
    assert contact.phone == "+79123456789;ext=12"
    change_contact(ann, contact, position="Buyer")
    contact.refresh_from_db()
    assert (contact.phone, contact.position) == ("+79123456789;ext=12", "Buyer")
    archive_contact(ann, contact)
    contact.refresh_from_db()
    assert contact.archived_at


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "call me"), ("phone", "12"), ("email", "olga@"), ("full_name", "")],
)
def test_a_contact_written_wrong_is_refused(ann, field, value):
    client = ClientFactory(manager=ann)
    with pytest.raises(FieldsInvalid) as caught:
        add_contact(ann, client, **({"full_name": "Olga"} | {field: value}))
    assert list(caught.value.fields) == [field]
    assert not ContactPerson.objects.exists()


def test_contacts_of_others_are_not_changed(ann, head):
    contact = ContactPersonFactory(client=ClientFactory(manager=ann), position="Buyer")
    with pytest.raises(NotAllowed):
        change_contact(UserFactory(supervisor=head), contact, position="Boss")
    contact.refresh_from_db()
    assert contact.position == "Buyer"


def test_a_contact_changed_meanwhile_is_not_written_over(ann):
    contact = ContactPersonFactory(client=ClientFactory(manager=ann))
    seen = contact.updated_at
    change_contact(ann, contact, position="Buyer")
    with pytest.raises(Stale):
        change_contact(ann, contact, expected=seen, position="Boss")


@pytest.mark.req("S2-14")
def test_one_contact_is_a_single_thread(ann):
    client = ClientFactory(manager=ann)
    ContactPersonFactory(client=client, level="owner")
    ContactPersonFactory(client=client, level="top", status="left")
    assert coverage_of(ann, client).single_threaded
    ContactPersonFactory(client=client, level="user")
    coverage = coverage_of(ann, client)
    assert not coverage.single_threaded
    assert coverage.levels == {"owner", "user"}


def test_groups(ann, head):
    client = ClientFactory(manager=ann)
    group = create_group(ann, " Holding  A ", clients=[client])
    foreign = ClientFactory()
    assert [(found.name, found.size) for found in groups(ann)] == [("Holding A", 1)]
    with pytest.raises(GroupExists):
        create_group(ann, "Holding A")
    with pytest.raises(NotAllowed):
        set_group(ann, foreign, group=group)
    foreign.refresh_from_db()
    assert foreign.group is None
    rename_group(head, group, name="Holding B")
    set_group(ann, client, group=None)
    assert [(found.name, found.size) for found in groups(ann)] == [("Holding B", 0)]


def test_likely_doubles_are_shown_while_typing(ann):
    there = ClientFactory(manager=ann, name="Ёлка-Торг")
    assert similar(ann, "елка") == [there]
    assert similar(ann, "ё") == []
    assert similar(UserFactory(), "елка") == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [("ооо «елка»", "елка"), ("елка, llc", "елка"), ("ооо", "ооо"), ("gmbh & co", "gmbh & co")],
)
def test_names_are_compared_without_legal_forms(name, bare):
    assert bare_name(name) == bare


def test_phones_of_the_world():
    assert e164("+49 30 901820") == "+4930901820"
    with pytest.raises(ValidationError):
        e164("")
