"""A key client reaches no newcomer by any door: form, mass action, merge, API, command (S0-41).

The rules themselves are tried in tests/domain/hiring/test_newcomer_guard.py; here each way in is
walked as a person or a script walks it, and the holder is looked at afterwards.
"""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone, translation

from kamerton.cli.main import main
from kamerton.domain.accounts.models import Client, MassChange
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey
from kamerton.platform.access.models import ApiToken, User, token_digest
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for
from tests.factories.segmentation import WHOLESALER, assessed, manager_key
from tests.flows.conftest import sales

pytestmark = [pytest.mark.django_db, pytest.mark.req("S0-41")]
KEYS = [{"company_key_since": dt.date(2026, 1, 1)}, {"manager_keys": 1}]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], supervisor=owner)


@pytest.fixture
def kam(head):
    return UserFactory(supervisor=head)


@pytest.fixture
def newcomer(head):
    return UserFactory(full_name="Nick New", supervisor=head, status="onboarding")


def holder(client):
    return Client.objects.get(pk=client.pk).manager


def today():
    return f"{timezone.localdate()}"


def script_of(user):
    """A program with a token of somebody."""
    secret = f"s{user.pk}"
    ApiToken.objects.get_or_create(
        user=user,
        defaults={
            "reach": "write",
            "digest": token_digest(secret),
            "expires_on": dt.date(2100, 1, 1),
        },
    )
    return Browser(headers={"Authorization": f"Bearer {secret}"})


def call(user, name, body, **which):
    address = reverse(f"api:{name}", kwargs=which)
    return script_of(user).post(address, body, content_type="application/json")


@pytest.mark.parametrize("key", KEYS)
def test_the_form_of_a_client(as_user, head, kam, newcomer, key):
    client, plain = ClientFactory(manager=kam, **key), ClientFactory(manager=kam)
    for one in (client, plain):
        url = reverse("accounts:assign", args=[one.pk])
        answer = as_user(head).post(url, {"manager": newcomer.pk, "since": today()}, headers=HTMX)
        assert ("onboarded" in answer.content.decode()) == (one == client)
    assert (holder(client), holder(plain)) == (kam, newcomer)


@pytest.mark.parametrize("key", KEYS)
def test_many_at_once_and_taking_that_back(as_user, head, kam, newcomer, key):
    client, plain = ClientFactory(manager=kam, **key), ClientFactory(manager=kam)
    given = {"kind": "assign", "asked": "1", "to-since": today()}
    sent = given | {"client": [client.pk, plain.pk], "to-manager": newcomer.pk}
    as_user(head).post(reverse("accounts:mass-apply"), sent, headers=HTMX)
    assert (holder(client), holder(plain)) == (kam, newcomer)
    his = ClientFactory(manager=newcomer)
    sent = given | {"client": [his.pk], "to-manager": kam.pk}
    as_user(head).post(reverse("accounts:mass-apply"), sent, headers=HTMX)
    assert holder(his) == kam
    Client.objects.filter(pk=his.pk).update(**key)  # it became key meanwhile
    last = MassChange.objects.latest("pk")
    as_user(head).post(reverse("accounts:mass-undo", args=[last.pk]), headers=HTMX)
    assert holder(his) == kam


@pytest.mark.parametrize("key", KEYS)
def test_merging_a_newcomers_card_into_a_key_one(as_user, head, kam, newcomer, key):
    client, own = ClientFactory(manager=kam, **key), ClientFactory(manager=newcomer)
    into = reverse("accounts:merge", args=[client.pk, own.pk])
    refused = as_user(head).post(into, {"take-manager": "absorbed"})
    assert (refused.status_code, "onboarded" in refused.content.decode()) == (422, True)
    away = reverse("accounts:merge", args=[own.pk, client.pk])
    assert as_user(head).post(away, {}).status_code == 422
    assert (holder(client), holder(own)) == (kam, newcomer)
    assert Client.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("key", KEYS)
def test_a_program(head, kam, newcomer, key):
    client = ClientFactory(manager=kam, **key)
    body = {"manager_id": newcomer.pk, "since": today()}
    answer = call(head, "assign_manager", body, pk=client.pk)
    assert (answer.status_code, "onboarded" in answer.content.decode()) == (422, True)
    other = ClientFactory(manager=kam)
    merge = {"choices": {"manager": "absorbed"}, "absorbed_id": other.pk}
    Client.objects.filter(pk=other.pk).update(manager=newcomer)
    answer = call(head, "merge_clients", merge, pk=client.pk)
    assert answer.status_code == 422
    assert holder(client) == kam


def test_his_own_list_by_form_and_by_program(as_user, newcomer):
    """He could take the client but for being a newcomer: as an active manager he may."""
    User.objects.filter(pk=newcomer.pk).update(year_plan=1_000_000)
    client = ClientFactory(manager=newcomer)
    assessed(newcomer, client, WHOLESALER)
    gap = {"attainable_gap": "500000.00", "tier": "maintain"}
    answer = call(newcomer, "propose_manager_key", gap | {"client_id": client.pk})
    assert (answer.status_code, ManagerKey.objects.exists()) == (422, False)
    url = reverse("segmentation:key-propose", args=[client.pk])
    assert as_user(newcomer).post(url, gap).status_code == 422
    assert not ManagerKey.objects.exists()
    User.objects.filter(pk=newcomer.pk).update(status="active")
    again = script_of(newcomer).post(
        reverse("api:propose_manager_key"),
        gap | {"client_id": client.pk},
        content_type="application/json",
    )
    assert again.status_code == 201


def test_a_list_that_was_sent_before(as_user, head, newcomer):
    client = ClientFactory(manager=newcomer)
    key = manager_key(newcomer, client, state="submitted")
    User.objects.filter(pk=newcomer.pk).update(status="onboarding")
    answer = call(head, "confirm_manager_key", {}, pk=key.pk)
    assert answer.status_code == 422
    key.refresh_from_db()
    assert (key.state, Client.objects.get(pk=client.pk).manager_keys) == ("submitted", 0)


def test_the_owners_decision_by_form_and_by_program(as_user, owner, newcomer):
    client = ClientFactory(manager=newcomer)
    key = CompanyKey(client=client, proposed_by=owner, criteria=["large"], inputs={}, kci=10)
    key.methodology = methodology.version_row(methodology.current().version)
    key.save()
    body = {"verdict": "confirm", "minutes": "Board, point 1"}
    assert call(owner, "decide_company_key", body, pk=key.pk).status_code == 422
    answer = as_user(owner).post(reverse("segmentation:company-decide", args=[key.pk]), body)
    assert answer.status_code == 422
    key.refresh_from_db()
    assert (key.state, Client.objects.get(pk=client.pk).company_key_since) == ("proposed", None)


@pytest.mark.parametrize("key", KEYS)
def test_the_command_that_imports_sales(newcomer, key, tmp_path, monkeypatch):
    User.objects.filter(pk=newcomer.pk).update(ledger_codes=["Новиков"])
    made = clients_for(["К-1", "К-2"])
    Client.objects.filter(pk=made["К-1"].pk).update(**key)
    file = tmp_path / "sales.csv"
    rows = [f"05.10.2026;РТ-{n};К-{n};Клиент {n};А1;Арматура;2;1000,50;600;Новиков" for n in (1, 2)]
    file.write_bytes(sales(*rows))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with translation.override("en"):
        assert main(["import", str(file), "--yes"]) == 0
    assert (holder(made["К-1"]), holder(made["К-2"])) == (None, newcomer)


def test_becoming_a_newcomer_with_keys_in_hand(as_user, owner, kam):
    ClientFactory(manager=kam, manager_keys=1)
    url = reverse("account:user-change", args=[kam.pk, "status"])
    answer = as_user(owner).post(url, {"status": "onboarding"})
    assert answer.status_code == 422
    assert User.objects.get(pk=kam.pk).status == "active"
