"""The buying centre through the API: the same queries and actions as the pages."""

import pytest

from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre.models import Line, MatrixCell, Member
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.buying_centre import due, example, nine_people, opened, seated

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def client(ann):
    return ClientFactory(manager=ann)


def url(client, tail=""):
    return f"/api/v1/clients/{client.pk}/buying-centre{tail}"


@pytest.mark.req("S4-38", "S4-52")
def test_a_whole_centre_with_its_figures(as_user, ann, client):
    made = example(client)
    body = as_user(ann).get(url(client)).json()
    assert body["figures"]["coverage"] == pytest.approx(0.5333, abs=5e-5)
    assert body["figures"]["comm_index"] == pytest.approx(60.0)
    assert body["figures"]["missing_roles"] == ["buyer", "coach"]
    people = {person["full_name"]: person for person in body["members"]}
    assert people["B"]["coverage"] == 3
    assert people["B"]["next_step"]["title"] == "Show the protocols"
    assert (people["D"]["red"], people["D"]["state"]) == (True, "identified")
    assert people["A"]["id"] == made["A"].pk


def test_a_whole_centre_takes_a_fixed_number_of_queries(as_user, ann, django_assert_num_queries):
    small, big = ClientFactory(manager=ann), ClientFactory(manager=ann)
    due(ann, seated(opened(small), "One").contact)
    due(ann, nine_people(big)["Kim Anton"].contact)
    api, counts = as_user(ann), []
    for each in (small, big):
        api.get(url(each))
        with django_assert_num_queries(15) as counted:
            api.get(url(each))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_centre_is_begun_and_changed_once_at_a_time(as_user, ann, client):
    api = as_user(ann)
    assert api.get(url(client)).status_code == 404
    assert api.post(url(client), {}, **JSON).status_code == 201
    assert api.post(url(client), {}, **JSON).status_code == 409
    body = {"rule": "tender", "steps": [{"title": "Offer", "days": 14}], "revision": 1}
    changed = api.patch(url(client), body, **JSON).json()
    assert (changed["rule"], changed["revision"]) == ("tender", 2)
    assert api.patch(url(client), body | {"rule": "single"}, **JSON).status_code == 409
    project = {"scope": "project", "name": "Pumps"}
    pk = api.post(url(client), project, **JSON).json()["id"]
    assert api.get(f"{url(client)}?centre={pk}").json()["name"] == "Pumps"
    assert len(api.get(url(client, "/all")).json()) == 2


@pytest.mark.req("S4-39", "S4-42")
def test_members_come_in_and_are_judged(as_user, ann, client):
    opened(client)
    api = as_user(ann)
    contact = ContactPersonFactory(client=client, full_name="Olga")
    known = {"roles": ["decider"], "influence": 5, "contact_id": contact.pk}
    assert api.post(url(client, "/members"), known, **JSON).status_code == 201
    stranger = known | {"contact_id": ContactPersonFactory().pk}
    assert api.post(url(client, "/members"), stranger, **JSON).status_code == 404
    new = {"roles": ["shaper"], "full_name": "Maria", "organisation": "Institute"}
    made = api.post(url(client, "/members"), new | {"affiliation": "external"}, **JSON).json()
    assert (made["affiliation"], made["organisation"]) == ("external", "Institute")
    one = url(client, f"/members/{made['id']}")
    said = {"attitude": 2, "source": "client_said", "revision": made["revision"]}
    changed = api.patch(one, said, **JSON).json()
    assert changed["sources"]["attitude"]["source"] == "client_said"
    assert api.patch(one, said, **JSON).status_code == 409
    assert api.patch(one, {"roles": ["astronaut"]}, **JSON).status_code == 422
    assert api.patch(one, {"reports_to_id": made["id"]}, **JSON).status_code == 422
    assert api.post(f"{one}/left").json()["state"] == "left"
    assert api.post(f"{one}/returned").json()["left_on"] is None
    member = Member.objects.get(pk=made["id"])
    assert (member.attitude, member.roles) == (2, ["shaper"])


@pytest.mark.req("S4-43")
def test_a_role_proposes_tasks(as_user, ann, client):
    member = seated(opened(client), "Olga", roles=["technical"])
    api, address = as_user(ann), url(client, f"/members/{member.pk}/tasks")
    proposed = api.get(address).json()
    assert {each["activity_id"] for each in proposed} == {None}
    body = {"origins": [proposed[0]["origin"]]}
    assert api.post(address, body, **JSON).json() == {"planned": 1}
    assert api.post(address, body, **JSON).status_code == 409
    assert api.get(address).json()[0]["activity_id"] == Activity.objects.get().pk


@pytest.mark.req("S4-28")
def test_lines_cells_and_places(as_user, ann, client):
    centre = opened(client)
    one, other = seated(centre, "One"), seated(centre, "Other")
    api = as_user(ann)
    line = {"kind": "influence", "source_id": one.pk, "target_id": other.pk}
    drawn = api.post(url(client, "/lines"), line, **JSON).json()
    assert api.delete(url(client, f"/lines/{drawn['id']}")).status_code == 204
    assert not Line.objects.exists()
    cell = url(client, f"/members/{one.pk}/cells/{ann.pk}")
    written = api.put(cell, {"goal": "Keep up", "frequency_days": 7, "revision": 0}, **JSON)
    assert (written.status_code, written.json()["colleague"]["full_name"]) == (200, "Ann Bell")
    assert api.put(cell, {"goal": "Mine", "revision": 0}, **JSON).status_code == 409
    assert api.delete(cell).status_code == 204
    assert not MatrixCell.objects.exists()
    places = {"places": [{"member_id": one.pk, "x": 5, "y": 6}, {"member_id": other.pk}]}
    assert api.put(url(client, "/places"), places, **JSON).status_code == 200
    one.refresh_from_db()
    assert (one.x, one.y) == (5, 6)
