"""A person being onboarded owns no key client by any way (S0-41)."""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.actions import Assigning, Handing, NewcomerHoldsNoKeys
from kamerton.domain.accounts.actions.imported import assign_unheld
from kamerton.domain.accounts.models import Client, MassChange
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import actions as segmentation
from kamerton.domain.segmentation.actions import NewcomerHasNoKeys
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey
from kamerton.domain.segmentation.queries import given_inputs
from kamerton.platform.access import actions as access
from kamerton.platform.access.actions import BadStatus, HoldsKeys
from kamerton.platform.access.models import ApiToken, User, token_digest
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.segmentation import manager_key

pytestmark = [pytest.mark.django_db, pytest.mark.req("S0-41")]
KEYS = [{"company_key_since": dt.date(2026, 1, 1)}, {"manager_keys": 1}]


@pytest.fixture
def newcomer(head):
    return UserFactory(full_name="Nick New", supervisor=head, status="onboarding")


def holder(client):
    return Client.objects.get(pk=client.pk).manager


@pytest.mark.parametrize("key", KEYS)
def test_by_assigning(head, kam, newcomer, key):
    client = ClientFactory(manager=kam, **key)
    with pytest.raises(NewcomerHoldsNoKeys):
        accounts.assign_manager(head, client, manager=newcomer, since=timezone.localdate())
    assert holder(client) == kam
    flow = ClientFactory(manager=kam)
    accounts.assign_manager(head, flow, manager=newcomer, since=timezone.localdate())
    assert holder(flow) == newcomer


@pytest.mark.parametrize("key", KEYS)
def test_by_a_mass_change_and_by_undoing_one(head, kam, newcomer, key):
    client, flow = ClientFactory(manager=kam, **key), ClientFactory(manager=newcomer)
    wish = Assigning(Handing(newcomer, timezone.localdate()))
    plain = ClientFactory(manager=kam)
    done = accounts.apply_mass_change(head, [client.pk, plain.pk], wish=wish)
    assert [row.client for row in done.refused] == [client]
    assert (holder(client), holder(plain)) == (kam, newcomer)
    back = accounts.apply_mass_change(
        head, [flow.pk], wish=Assigning(Handing(kam, timezone.localdate()))
    )
    Client.objects.filter(pk=flow.pk).update(**key)  # it became key meanwhile
    undone = accounts.undo_mass_change(head, MassChange.objects.get(pk=back.change.pk))
    assert ([one.pk for one in undone.left], undone.count) == ([flow.pk], 0)
    assert holder(flow) == kam


@pytest.mark.parametrize("key", KEYS)
def test_by_an_import(newcomer, key):
    client, flow = ClientFactory(**key), ClientFactory()
    holders = {client.pk: newcomer.pk, flow.pk: newcomer.pk}
    assert assign_unheld(system_user(), holders, timezone.localdate()) == 1
    assert (holder(client), holder(flow)) == (None, newcomer)


@pytest.mark.parametrize("key", KEYS)
def test_by_the_api_and_by_the_form(head, kam, newcomer, key):
    client = ClientFactory(manager=kam, **key)
    ApiToken.objects.create(
        user=head,
        reach="write",
        digest=token_digest("t"),
        name="t",
        tail="t",
        expires_on=dt.date(2100, 1, 1),
    )
    body = {"manager_id": newcomer.pk, "since": f"{timezone.localdate()}"}
    caller = Browser(headers={"Authorization": "Bearer t"})
    url = f"/api/v1/clients/{client.pk}/assignments"
    answer = caller.post(url, body, content_type="application/json")
    assert (answer.status_code, "onboarded" in answer.content.decode()) == (422, True)
    assert holder(client) == kam


def test_by_putting_a_client_into_his_own_list(newcomer, head):
    client = ClientFactory(manager=newcomer)
    with pytest.raises(NewcomerHasNoKeys):
        segmentation.propose_manager_key(newcomer, client, inputs=given_inputs({}))
    assert not ManagerKey.objects.exists()
    User.objects.filter(pk=newcomer.pk).update(status="active")
    draft = manager_key(newcomer, client, state="draft")
    sent = manager_key(newcomer, ClientFactory(manager=newcomer), state="submitted")
    aside = manager_key(newcomer, ClientFactory(manager=newcomer), state="suspended")
    User.objects.filter(pk=newcomer.pk).update(status="onboarding")
    with pytest.raises(NewcomerHasNoKeys):
        segmentation.submit_manager_key(newcomer, draft)
    with pytest.raises(NewcomerHasNoKeys):
        segmentation.confirm_manager_key(head, sent)
    with pytest.raises(NewcomerHasNoKeys):
        segmentation.resume_manager_key(newcomer, aside)
    states = ManagerKey.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["draft", "submitted", "suspended"]


def test_by_a_colleague_whose_list_the_client_is_in(newcomer, kam, head):
    client = ClientFactory(manager=newcomer)
    key = manager_key(kam, client, state="submitted") if _works(kam, client) else None
    with pytest.raises(NewcomerHasNoKeys, match="Give it to"):
        segmentation.confirm_manager_key(head, key)
    assert ManagerKey.objects.get().state == "submitted"


def _works(user, client):
    client.assignments.create(user=user, role="operational_manager", since=dt.date(2026, 1, 1))
    return True


def test_by_a_decision_of_the_company(newcomer, owner):
    client = ClientFactory(manager=newcomer)
    key = CompanyKey(client=client, proposed_by=owner, criteria=["large"], inputs={}, kci=10)
    key.methodology = methodology.version_row(methodology.current().version)
    key.save()
    with pytest.raises(NewcomerHasNoKeys, match="Give it to"):
        segmentation.decide_company_key(owner, key, verdict="confirm", minutes="Board")
    key.refresh_from_db()
    client.refresh_from_db()
    assert (key.state, client.company_key_since) == ("proposed", None)
    decided = segmentation.decide_company_key(owner, key, verdict="reject", minutes="Board")
    assert decided.state == "rejected"


@pytest.mark.parametrize("key", KEYS)
def test_by_becoming_a_newcomer_with_keys_in_hand(owner, head, kam, key):
    ClientFactory(manager=kam, **key)
    with pytest.raises(HoldsKeys, match="1 key client"):
        access.change_status(owner, kam, status="onboarding")
    with pytest.raises(HoldsKeys):
        access.begin_onboarding(head, kam)
    kam.refresh_from_db()
    assert kam.status == "active"


def test_onboarding_begins_and_ends_by_who_approves(head, kam, newcomer):
    with pytest.raises(NotAllowed):
        access.begin_onboarding(kam, kam)
    assert access.begin_onboarding(head, kam).status == "onboarding"
    with pytest.raises(BadStatus):
        access.begin_onboarding(head, newcomer)
    assert access.end_onboarding(head, kam).status == "active"
