"""Activities, briefs and needs through the API."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.domain.dossier.models import DossierAnswer
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory, ClientNeedFactory

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
ACTIVITIES, NEEDS = "/api/v1/activities", "/api/v1/needs"


def today(days=0):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def kam():
    head = UserFactory(roles=["head_of_sales"])
    return UserFactory(full_name="Kay Kam", supervisor=head)


@pytest.fixture
def caller(as_user, kam):
    return as_user(kam)


@pytest.fixture
def client_(kam):
    return ClientFactory(manager=kam, name="Valves", manager_keys=1)


@pytest.fixture
def person(client_):
    return ContactPersonFactory(client=client_, full_name="Olga Orlova")


def test_an_activity_is_planned_moved_and_done(caller, client_, person):
    body = {"client_id": client_.pk, "kind": "call", "title": "Call", "due_on": today(2)}
    body |= {"people": [person.pk], "origin": "member:1"}
    made = caller.post(ACTIVITIES, body, **JSON)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert made.json()["people"] == [{"id": person.pk, "name": "Olga Orlova"}]
    twin = caller.post(ACTIVITIES, body, **JSON)
    assert (twin.status_code, twin.json()["code"]) == (409, "already_planned")
    moved = caller.post(f"{ACTIVITIES}/{pk}/reschedule", {"due_on": today(5)}, **JSON).json()
    assert (moved["due_on"], moved["promised_on"]) == (today(5), today(2))
    done = {"outcome": "Wants a price", "next_step": {"title": "Send it", "due_on": today(1)}}
    done |= {"answers": [{"question": "4.1", "value": "Steel", "heard_from": person.pk}]}
    told = caller.post(f"{ACTIVITIES}/{pk}/complete", done, **JSON).json()
    assert (told["state"], told["due_on"], told["done_by"]["full_name"]) == (
        *("done", today()),
        "Kay Kam",
    )
    assert Activity.objects.get(follows=pk).title == "Send it"
    assert DossierAnswer.objects.get().source_contact == person
    back = caller.post(f"{ACTIVITIES}/{pk}/reopen", **JSON).json()
    assert back["state"] == "planned"


def test_an_answer_that_is_refused_leaves_nothing_done(caller, client_):
    made = ActivityFactory(client=client_)
    body = {"outcome": "Agreed", "answers": [{"question": "nonsense", "value": "x"}]}
    refused = caller.post(f"{ACTIVITIES}/{made.pk}/complete", body, **JSON)
    assert refused.status_code == 422
    made.refresh_from_db()
    assert made.state == "planned"


def test_the_outcome_is_required_and_what_was_seen_counts(caller, client_):
    made = ActivityFactory(client=client_)
    address = f"{ACTIVITIES}/{made.pk}/complete"
    assert caller.post(address, {"outcome": ""}, **JSON).status_code == 422
    seen = "2026-01-01T00:00:00+00:00"
    stale = caller.post(address, {"outcome": "x", "expected": seen}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    made.refresh_from_db()
    assert made.state == "planned"
    told = caller.get(f"{ACTIVITIES}/{made.pk}").json()
    right = {"outcome": "x", "expected": told["updated_at"]}
    assert caller.post(address, right, **JSON).status_code == 200


def test_a_contact_is_logged(caller, client_, person):
    body = {"client_id": client_.pk, "kind": "call", "title": "Call", "outcome": "Asks"}
    assert caller.post(f"{ACTIVITIES}/log", body | {"done_on": today(1)}, **JSON).status_code == 422
    made = caller.post(f"{ACTIVITIES}/log", body | {"people": [person.pk]}, **JSON)
    assert (made.status_code, made.json()["state"]) == (201, "done")
    strange = ContactPersonFactory().pk
    refused = caller.post(f"{ACTIVITIES}/log", body | {"people": [strange]}, **JSON)
    assert refused.status_code == 404
    assert Activity.objects.count() == 1


def test_it_is_called_off_or_missed(caller, client_):
    first, second = ActivityFactory.create_batch(2, client=client_)
    off = caller.post(f"{ACTIVITIES}/{first.pk}/cancel", {"reason": "No need"}, **JSON).json()
    assert (off["state"], off["outcome"]) == ("cancelled", "No need")
    address = f"{ACTIVITIES}/{second.pk}/missed"
    assert caller.post(address, {}, **JSON).status_code == 422
    assert caller.post(address, {"reason": "Ill"}, **JSON).json()["state"] == "missed"


def test_the_list_is_narrowed_and_seen_by_rights(caller, as_user, kam, client_):
    meeting = ActivityFactory(client=client_, kind="meeting")
    ActivityFactory(client=client_, state="cancelled")
    ActivityFactory()
    assert caller.get(ACTIVITIES).json()["total"] == 2
    found = caller.get(ACTIVITIES, {"state": "planned", "client": client_.pk}).json()
    assert [one["id"] for one in found["items"]] == [meeting.pk]
    found = caller.get(ACTIVITIES, {"unprepared": True}).json()
    assert [one["unprepared"] for one in found["items"]] == [True]
    finance = as_user(UserFactory(roles=["finance"]))
    assert finance.get(ACTIVITIES).status_code == 403
    owner = as_user(UserFactory(roles=["owner"]))
    assert owner.get(ACTIVITIES).json()["total"] == 3
    assert owner.post(f"{ACTIVITIES}/{meeting.pk}/cancel", {}, **JSON).status_code == 403
    stranger = as_user(UserFactory())
    assert stranger.get(f"{ACTIVITIES}/{meeting.pk}").status_code == 404


@pytest.mark.req("S1-13")
def test_a_brief_is_read_before_and_after_it_is_kept(caller, client_, person):
    ClientNeedFactory(client=client_, text="A stock in the region")
    made = ActivityFactory(client=client_, kind="meeting", people=[person], goal="A lot")
    address = f"{ACTIVITIES}/{made.pk}/brief"
    draft = caller.get(address).json()
    assert (draft["kept"], draft["goal"]) == (False, "A lot")
    assert draft["questions"][0]["state"] == "missing"
    code = draft["questions"][0]["code"]
    body = {"goal": "A trial lot", "questions": [code]}
    assert caller.put(address, body, **JSON).status_code == 200
    kept = caller.get(address).json()
    assert (kept["kept"], kept["goal"]) == (True, "A trial lot")
    assert [one["code"] for one in kept["questions"]] == [code]
    rows = [row["label"] for part in kept["sections"] for row in part["rows"]]
    assert "A stock in the region" in rows
    assert MeetingBrief.objects.get().activity == made


def test_needs_are_written_read_and_closed(caller, client_, person):
    body = {"client_id": client_.pk, "text": "A stock", "heard_from": person.pk}
    made = caller.post(NEEDS, body, **JSON)
    assert made.status_code == 201
    assert made.json()["heard_from"]["name"] == "Olga Orlova"
    ClientNeedFactory()
    assert caller.get(NEEDS, {"state": "open"}).json()["total"] == 1
    pk = made.json()["id"]
    closed = caller.post(f"{NEEDS}/{pk}/close", {"state": "dropped", "note": "n"}, **JSON).json()
    assert (closed["state"], closed["closing_note"]) == ("dropped", "n")
    assert caller.post(f"{NEEDS}/{pk}/close", {}, **JSON).status_code == 409
    assert ClientNeed.objects.get(pk=pk).state == "dropped"


def test_a_reading_token_changes_nothing(as_user, kam, client_):
    made = ActivityFactory(client=client_)
    reader = as_user(kam, "read")
    assert reader.post(f"{ACTIVITIES}/{made.pk}/cancel", {}, **JSON).status_code in {401, 403}
    made.refresh_from_db()
    assert made.state == "planned"
