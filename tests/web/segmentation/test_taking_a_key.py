"""Taking a client into one's own list: what is typed outlives refusals; gates are named if real."""

import pytest
from django.test import Client as Browser

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.platform.access.models import User
from tests.factories import ClientFactory, UserFactory
from tests.factories.segmentation import manager_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TYPED = {
    "tier": "maintain",
    "attainable_gap": "1000000",
    "conversion_action": "A case on their site",
    "conversion_on": "2026-12-24",
    "competitor_offer_on": "2026-10-05",
}


@pytest.fixture
def kam() -> User:
    return UserFactory(year_plan=1_000_000)


@pytest.fixture
def browser(kam: User) -> Browser:
    found = Browser()
    found.force_login(kam)
    return found


@pytest.fixture
def wanted(kam: User, browser: Browser) -> Client:
    """A client that would be the manager's sixteenth."""
    for number in range(15):
        manager_key(kam, ClientFactory(manager=kam, name=f"Key {number:02}"), mki=10 + number)
    client = ClientFactory(manager=kam, name="Sixteenth")
    codes = [question.code for question in methodology.current().influence_questions]
    marks = {code: 3 for code in codes} | {f"{code}_comment": "seen" for code in codes}
    browser.post(f"/keys/mine/{client.pk}/", marks)
    return client


def values(browser: Browser, client: Client) -> dict[str, str]:
    """What the form of the client's page is filled with."""
    form = browser.get(f"/keys/mine/{client.pk}/").context["form"]
    return {name: str(form[name].value() or "") for name in TYPED}


@pytest.mark.req("S4-31")
def test_what_is_typed_survives_the_release_of_another_client(kam, browser, wanted):
    refused = browser.post(f"/keys/mine/{wanted.pk}/propose/", TYPED)
    assert refused.status_code == 422
    weakest = ManagerKey.objects.get(client__name="Key 00")
    way_out = f"/keys/mine/?release={weakest.pk}"
    assert way_out in refused.content.decode()
    page = browser.get(way_out).content.decode()
    assert "Sixteenth" in page
    sent = {"reason": "Sold", "then": wanted.pk}
    released = browser.post(f"/keys/entries/{weakest.pk}/release/", sent)
    assert released.headers["Location"] == f"/keys/mine/{wanted.pk}/#propose"
    assert values(browser, wanted) == TYPED
    browser.post(f"/keys/mine/{wanted.pk}/propose/", TYPED)
    taken = ManagerKey.objects.get(client=wanted)
    assert taken.state == ManagerKey.State.SUBMITTED
    assert ManagerKey.objects.in_slots().count() == 15
    other = ManagerKey.objects.get(client__name="Key 01")
    assert b'name="then"' not in browser.get(f"/keys/mine/?release={other.pk}").content


def test_a_client_no_longer_seen_is_not_offered_after_a_release(kam, browser, wanted):
    browser.post(f"/keys/mine/{wanted.pk}/propose/", TYPED)
    Client.objects.filter(pk=wanted.pk).update(manager=UserFactory())
    key = ManagerKey.objects.get(client__name="Key 00")
    sent = {"reason": "Sold", "then": wanted.pk}
    released = browser.post(f"/keys/entries/{key.pk}/release/", sent)
    assert released.headers["Location"] == f"/keys/mine/?manager={kam.pk}"


def test_a_draft_is_forgotten_after_an_hour(browser, wanted, monkeypatch):
    browser.post(f"/keys/mine/{wanted.pk}/propose/", TYPED)
    session = browser.session
    session["segmentation.taking"] |= {"at": session["segmentation.taking"]["at"] - 3601}
    session.save()
    assert values(browser, wanted)["conversion_action"] == ""


def test_a_wrong_entry_is_shown_beside_its_field_and_nothing_is_lost(browser, wanted):
    answer = browser.post(f"/keys/mine/{wanted.pk}/propose/", TYPED | {"attainable_gap": "much"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"attainable_gap"}
    assert answer.context["form"]["conversion_action"].value() == TYPED["conversion_action"]
    assert not ManagerKey.objects.filter(client=wanted).exists()


def result(browser: Browser, client: Client, marks: dict[str, int], **flags: str) -> str:
    """The words beside the seven questions for marks not kept yet."""
    asked = {"volume_comment": "", **marks, **flags}
    return browser.get(f"/keys/mine/{client.pk}/influence/", asked).content.decode()


@pytest.mark.req("S4-18")
@pytest.mark.parametrize(
    ("mark", "flags", "named"),
    [
        (0, {"service_only": "on"}, False),  # marks alone give 0
        (3, {"service_only": "on"}, True),
        (0, {"position_external": "on"}, False),
        (1, {"position_external": "on"}, True),  # 33, at most 30
        (3, {}, False),
    ],
)
def test_a_gate_is_named_only_where_it_lowers_the_marks(kam, browser, mark, flags, named):
    client = ClientFactory(manager=kam)
    codes = [question.code for question in methodology.current().influence_questions]
    words = result(browser, client, dict.fromkeys(codes, mark), **flags)
    assert ("at most" in words) is named
