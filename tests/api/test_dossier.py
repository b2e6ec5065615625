"""Dossiers through the API: read, answered, with history; two at once are told."""

import pytest

from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier.models import DossierAnswer
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.dossier import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(company):
    return UserFactory()


@pytest.fixture
def account(manager):
    return ClientFactory(manager=manager)


@pytest.fixture
def api(client, manager):
    client.force_login(manager)
    return client


def where(account, rest=""):
    return f"/api/v1/clients/{account.pk}/dossier{rest}"


def post(api, account, rest, **body):
    return api.post(where(account, rest), body, content_type="application/json")


@pytest.mark.req("S4-32")
def test_the_dossier_is_read_whole(api, account):
    answered(account, "6.7", "Two suppliers", source="document", source_note="Contract 5")
    found = api.get(where(account)).json()
    assert len(found["groups"]) == 13
    assert sum(len(group["questions"]) for group in found["groups"]) == 87
    assert found["figures"]["answered"] == 1
    assert 0 < found["figures"]["completeness"] < 0.05
    (question,) = [
        one for group in found["groups"] for one in group["questions"] if one["code"] == "6.7"
    ]
    assert question["answer"]["value"] == "Два поставщика"
    assert question["answer"]["confidence"] == 1.0
    assert question["answer"]["source_note"] == "Contract 5"
    assert question["state"] == "fresh"


def test_an_empty_dossier_is_read_too(api, account):
    found = api.get(where(account)).json()
    assert found["figures"]["state"] == "none"
    assert found["figures"]["missing_required"] > 20


def test_an_answer_is_given_and_its_history_kept(api, account):
    buyer = ContactPersonFactory(client=account)
    first = post(api, account, "/answers/2.1", value="Valves", source="assumption", seen=0)
    assert first.status_code == 201
    assert Activity.objects.get().origin == "dossier:2.1"
    second = post(
        api,
        account,
        "/answers/2.1",
        value="Pumps",
        source="client_said",
        source_contact_id=buyer.pk,
        seen=first.json()["id"],
    )
    assert second.json()["source_contact"] == buyer.full_name
    assert Activity.objects.get().state == "done"
    told = api.get(where(account, "/answers/2.1")).json()
    assert [(one["text"], one["is_current"]) for one in told] == [
        ("Pumps", True),
        ("Valves", False),
    ]


def test_who_saw_another_answer_is_told_so(api, account):
    answered(account, "2.1", "Valves")
    refused = post(api, account, "/answers/2.1", value="Pumps", source="document", seen=0)
    assert refused.status_code == 409
    assert refused.json()["code"] == "answered_meanwhile"
    assert "Valves" in refused.json()["detail"]
    assert DossierAnswer.objects.get().text == "Valves"


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        ("2.7", {"value": "much", "source": "document"}, 422),
        ("2.1", {"value": "Valves", "source": "rumour"}, 422),
        ("2.1", {"value": "Valves", "source": "document", "source_on": "2999-01-01"}, 422),
        ("99.9", {"value": "Valves", "source": "document"}, 422),
        ("2.1", {"value": "Valves", "source": "document", "source_contact_id": 12345}, 404),
        ("2.1", {"value": "Valves", "source": "document", "progress": 80}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(api, account, code, body, status):
    refused = post(api, account, f"/answers/{code}", **body)
    assert refused.status_code == status
    assert not DossierAnswer.objects.exists()


def test_a_question_is_left_out_taken_back_and_concluded_from(api, account):
    left = post(api, account, "/answers/6.5/pass", reason="One owner decides")
    assert (left.status_code, left.json()["is_applicable"]) == (201, False)
    gone = post(api, account, "/answers/6.5/withdraw", reason="They have a board")
    assert gone.json()["withdrawn_at"]
    answered(account, "2.1", "Valves")
    made = post(api, account, "/insights", text="They will grow", based_on=["2.1"])
    assert made.json()["based_on"] == ["2.1"]
    assert api.get(where(account)).json()["insights"][0]["text"] == "They will grow"
    refused = post(api, account, "/insights", text="Why?", based_on=["4.1"])
    assert refused.status_code == 422
