"""Users, one user, profile, tokens."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from kamerton.platform.access import queries
from kamerton.platform.access.models import ApiToken, Invitation, User
from kamerton.platform.access.roles import Role
from kamerton.web.account import tree
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"], full_name="Olga Owner")


def test_people_are_listed_as_a_tree_with_their_caps(as_user, owner):
    head = UserFactory(roles=["head_of_sales"], full_name="Anton Head", leader_share=Decimal("0.4"))
    UserFactory(supervisor=head, full_name="Aaron Seller")
    text = as_user(owner).get("/users/").content.decode().partition("<tbody>")[2]
    assert text.index("Anton Head") < text.index("Aaron Seller") < text.index("Olga Owner")
    assert "40%" in text.replace(" ", "")
    rows = {row.person.full_name: row for row in tree.rows(queries.colleagues(owner))}
    assert [rows[n].depth for n in ("Anton Head", "Aaron Seller", "Olga Owner")] == [0, 1, 0]
    assert [rows[n].cap for n in ("Anton Head", "Aaron Seller")] == [9, 15]


def test_a_circle_made_by_hand_loses_nobody(owner):
    first, second = UserFactory(), UserFactory()
    User.objects.filter(pk=first.pk).update(supervisor=second)
    User.objects.filter(pk=second.pk).update(supervisor=first)
    assert len(tree.rows(queries.colleagues(owner))) == 3


def test_a_head_sees_his_own_tree_and_changes_nothing(as_user, owner):
    head = UserFactory(roles=["head_of_sales"])
    seller = UserFactory(supervisor=head)
    client = as_user(head)
    text = client.get("/users/").content.decode()
    assert seller.full_name in text
    assert owner.full_name not in text
    assert "/users/invite/" not in text
    assert "/change/" not in client.get(f"/users/{seller.pk}/").content.decode()


def test_the_list_costs_the_same_for_many(as_user, owner, django_assert_max_num_queries):
    for _ in range(20):
        UserFactory(supervisor=owner)
    client = as_user(owner)
    with django_assert_max_num_queries(20):
        client.get("/users/")


def test_those_who_left_are_shown_on_demand(as_user, owner):
    gone = UserFactory(full_name="Gone Person", is_active=False, status="left")
    client = as_user(owner)
    assert gone.full_name not in client.get("/users/").content.decode()
    assert gone.full_name in client.get("/users/?left=1").content.decode()


@pytest.mark.parametrize(
    ("part", "data", "field", "value"),
    [
        ("roles", {"roles": ["finance", "recruiter"], "scope": "all"}, "scope", "all"),
        ("supervisor", {"supervisor": "OWNER"}, "supervisor_id", "OWNER"),
        ("leading", {"share": "40"}, "leader_share", Decimal("0.4")),
        ("work", {"selling_hours": "100", "year_plan": "1000"}, "selling_hours", 100),
        ("codes", {"codes": "Ivanov\nM-7"}, "ledger_codes", ["Ivanov", "M-7"]),
        ("status", {"status": "notice"}, "status", "notice"),
    ],
)
def test_each_part_of_a_person_is_changed(as_user, owner, part, data, field, value):
    person = UserFactory(roles=["account_manager"])
    data = {name: owner.pk if one == "OWNER" else one for name, one in data.items()}
    response = as_user(owner).post(f"/users/{person.pk}/change/{part}/", data)
    assert response.status_code == 302
    person.refresh_from_db()
    assert getattr(person, field) == (owner.pk if value == "OWNER" else value)


def test_functions_are_changed(as_user, owner):
    person = UserFactory()
    as_user(owner).post(f"/users/{person.pk}/change/functions/", {"kinds": ["hunter", "closer"]})
    assert sorted(one.kind for one in person.functions.all()) == ["closer", "hunter"]


@pytest.mark.parametrize("share", ["20", "90", "-1", "much"])
def test_an_impossible_share_is_refused_and_changes_nothing(as_user, owner, share):
    person = UserFactory()
    response = as_user(owner).post(f"/users/{person.pk}/change/leading/", {"share": share})
    assert response.status_code == 422
    person.refresh_from_db()
    assert person.leader_share == 0


@pytest.mark.req("S1-46")
def test_the_page_refuses_a_second_kam_without_a_supervisor(as_user, owner):
    UserFactory(full_name="Lone Kam")
    person = UserFactory(roles=["assistant"], full_name="Next Kam")
    data = {"roles": ["kam"], "scope": "team"}
    response = as_user(owner).post(f"/users/{person.pk}/change/roles/", data)
    assert response.status_code == 422
    assert b"Lone Kam, Next Kam" in response.content
    assert User.objects.get(pk=person.pk).roles == ["assistant"]


def test_who_holds_clients_is_not_closed(as_user, owner):
    person = UserFactory()
    ClientFactory(manager=person)
    response = as_user(owner).post(f"/users/{person.pk}/deactivate/")
    assert response.status_code == 422
    assert b"holds 1 client" in response.content
    person.refresh_from_db()
    assert person.is_active


def test_an_account_is_closed_and_opened_again(as_user, owner):
    person = UserFactory(roles=["finance"])
    client = as_user(owner)
    client.post(f"/users/{person.pk}/deactivate/", {"reason": "Moved away"}, follow=True)
    person.refresh_from_db()
    assert not person.is_active
    assert b"Moved away" in client.get(f"/users/{person.pk}/").content
    client.post(f"/users/{person.pk}/reactivate/")
    person.refresh_from_db()
    assert person.is_active


def test_an_invitation_shows_its_link_once(as_user, owner):
    client = as_user(owner)
    data = {"full_name": "Nora New", "email": "nora@x.example", "roles": ["finance"]}
    dialog = client.post(
        "/users/invite/", data, headers={"HX-Request": "true", "HX-Target": "dialog-content"}
    )
    assert b"<html" not in dialog.content
    link = dialog.context["link"]
    assert link.startswith("http://testserver/invitation/")
    assert link.encode() in dialog.content
    text = client.get("/users/").content.decode()
    assert "nora@x.example" in text
    assert link not in text
    client.post(f"/users/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert not client.get("/users/").context["invitations"]


def test_an_invitation_without_a_role_is_asked_again(as_user, owner):
    data = {"full_name": "Nora New", "email": "nora@x.example"}
    response = as_user(owner).post("/users/invite/", data)
    assert response.status_code == 422
    assert b"Nora New" in response.content
    assert not Invitation.objects.exists()


def test_a_profile_is_changed(as_user, company):
    me = UserFactory(roles=["recruiter"])
    data = {"full_name": "New Name", "phone": "+7 916 123-45-67", "language": "ru"}
    client = as_user(me)
    assert client.post("/profile/", data).status_code == 302
    me.refresh_from_db()
    assert (me.full_name, me.phone, me.language) == ("New Name", "+79161234567", "ru")
    assert client.get("/profile/").headers["Content-Language"] == "ru"


@pytest.mark.parametrize("role", Role.values)
def test_everybody_has_a_profile(as_user, company, role):
    client = as_user(UserFactory(roles=[role]))
    assert client.get("/profile/").status_code == 200
    assert client.get("/profile/tokens/").status_code == 200


def test_a_token_is_made_shown_once_and_revoked(as_user, company):
    me = UserFactory(roles=["finance"])
    client = as_user(me)
    day = timezone.localdate() + dt.timedelta(days=30)
    page = client.post("/profile/tokens/", {"name": "BI", "reach": "read", "expires_on": day})
    secret = page.context["secret"]
    assert secret.encode() in page.content
    assert queries.token_holder(secret, on=timezone.localdate()).user == me
    assert secret.encode() not in client.get("/profile/tokens/").content
    client.post(f"/profile/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert queries.token_holder(secret, on=timezone.localdate()) is None


def test_an_endless_token_is_refused(as_user, company):
    client = as_user(UserFactory(roles=["finance"]))
    day = timezone.localdate() + dt.timedelta(days=800)
    data = {"name": "BI", "reach": "read", "expires_on": day}
    assert client.post("/profile/tokens/", data).status_code == 422
    assert not ApiToken.objects.exists()
