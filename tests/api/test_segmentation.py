"""Key accounts and concentration through the API."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.api.main import api
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import (
    CompanyKey,
    InfluenceAssessment,
    KeyDecision,
    ManagerKey,
)
from kamerton.platform.access.queries import system_user
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import (
    NETWORK,
    WHOLESALER,
    assessed,
    manager_key,
    restated,
    sample,
)

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
COMPANY, MANAGERS = "/api/v1/key-accounts/company", "/api/v1/key-accounts/managers"
ANALYTICS = "/api/v1/analytics"


@pytest.fixture
def as_user(as_user):
    """The same, but asked for twice it is one token."""
    callers = {}

    def caller(user, reach="write"):
        if (user, reach) not in callers:
            callers[user, reach] = as_user(user, reach)
        return callers[user, reach]

    return caller


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def owner():
    return UserFactory(roles=["owner"], full_name="Owen Hill")


@pytest.fixture
def world(company, ann):
    """The ten clients of the worked example, judged; all of them Ann's."""
    clients = sample(manager=ann)
    restated()
    return clients


@pytest.fixture
def proposed(world):
    actions.propose_company_keys(system_user())
    return CompanyKey.objects.get(client=world["C01"])


# The company's register


@pytest.mark.req("S4-12", "S3-01")
def test_the_register_is_proposed_and_read(as_user, world, head, ann):
    caller = as_user(head)
    made = caller.post(f"{COMPANY}/propose")
    assert made.status_code == 200
    assert made.json()["proposed"] == CompanyKey.objects.count() > 1
    assert caller.post(f"{COMPANY}/propose").json() == {"proposed": 0}
    listed = as_user(ann).get(COMPANY).json()
    first = listed["items"][0]
    assert listed["total"] == CompanyKey.objects.count()
    assert (first["client"]["name"], first["state"], first["criteria"]) == (
        *("C01", "proposed"),
        ["large"],
    )
    assert first["manager"] == {"id": ann.pk, "full_name": "Ann Bell"}
    assert as_user(ann).post(f"{COMPANY}/propose").status_code == 403


def test_one_entry_with_its_grounds(as_user, proposed, owner):
    found = as_user(owner).get(f"{COMPANY}/{proposed.pk}").json()
    assert found["inputs"]["figures"]["revenue"] == 420_000
    assert found["method_version"] == 1
    assert {"name": "company-key.six-criteria", "version": "1.0"} in found["definitions"]
    large = found["reasons"][0]
    assert (large["code"], large["passed"], large["weight"]) == ("large", True, 30)
    assert large["inputs"][0]["value"] == pytest.approx(0.42)
    promising = found["reasons"][2]
    sold = next(one for one in promising["inputs"] if one["label"] == "our sales")
    assert (sold["kind"], sold["value"]) == ("money", "4200.00")
    assert found["decisions"] == []


def test_money_of_an_entry_is_only_for_who_may_see_it(as_user, proposed, head, ann):
    mate = UserFactory(supervisor=head)
    found = as_user(mate).get(f"{COMPANY}/{proposed.pk}").json()
    assert (found["inputs"], found["reasons"]) == (None, None)
    methodologist = as_user(UserFactory(roles=["methodologist"])).get(f"{COMPANY}/{proposed.pk}")
    assert (methodologist.json()["inputs"], methodologist.json()["reasons"]) == (None, None)
    assert as_user(ann).get(f"{COMPANY}/{proposed.pk}").json()["inputs"] is not None
    assert as_user(UserFactory()).get(f"{COMPANY}/{proposed.pk}").status_code == 404


@pytest.mark.req("S4-12")
def test_only_the_owner_decides_and_with_minutes(as_user, proposed, owner, head, ann):
    path, said = f"{COMPANY}/{proposed.pk}/decision", {"verdict": "confirm", "minutes": "Board, 1"}
    for person in (head, ann):
        assert as_user(person).post(path, said, **JSON).status_code == 403
    caller = as_user(owner)
    without = caller.post(path, {"verdict": "confirm", "minutes": "  "}, **JSON)
    assert (without.status_code, without.json()["code"]) == (422, "minutes_missing")
    missing = caller.post(path, {"verdict": "confirm"}, **JSON)
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (422, "body.body.minutes")
    proposed.refresh_from_db()
    assert (proposed.state, KeyDecision.objects.count()) == ("proposed", 0)
    decided = caller.post(path, said, **JSON).json()
    assert (decided["state"], decided["sponsor"]["full_name"]) == ("confirmed", "Owen Hill")
    assert [one["verdict"] for one in decided["decisions"]] == ["confirm"]
    again = caller.post(path, said, **JSON)
    assert (again.status_code, again.json()["code"]) == (422, "not_waiting")


def test_a_sponsor_is_of_the_top_management(as_user, proposed, owner, ann, head):
    path = f"{COMPANY}/{proposed.pk}/decision"
    said = {"verdict": "confirm", "minutes": "Board", "sponsor_id": ann.pk}
    refused = as_user(owner).post(path, said, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_sponsor")
    said["sponsor_id"] = 10**9
    assert as_user(owner).post(path, said, **JSON).status_code == 404
    said["sponsor_id"] = head.pk
    assert as_user(owner).post(path, said, **JSON).json()["sponsor"]["id"] == head.pk


def test_renewal_and_removal(as_user, proposed, owner):
    path, caller = f"{COMPANY}/{proposed.pk}/decision", as_user(owner)
    early = caller.post(path, {"verdict": "renew", "minutes": "x"}, **JSON)
    assert (early.status_code, early.json()["code"]) == (422, "not_waiting")
    caller.post(path, {"verdict": "confirm", "minutes": "x"}, **JSON)
    renewed = caller.post(path, {"verdict": "renew", "minutes": "again"}, **JSON).json()
    assert (renewed["state"], renewed["minutes"]) == ("confirmed", "again")
    kept = caller.post(path, {"verdict": "remove", "minutes": "out"}, **JSON)
    assert (kept.status_code, kept.json()["code"]) == (422, "still_key")
    CompanyKey.objects.filter(pk=proposed.pk).update(failed_half_years=2)
    removed = caller.post(path, {"verdict": "remove", "minutes": "out"}, **JSON).json()
    assert removed["state"] == "removed"
    assert caller.get(COMPANY, {"state": "removed"}).json()["total"] == 1
    assert caller.get(COMPANY, {"state": "confirmed"}).json()["total"] == 0


def test_a_proposal_by_hand(as_user, world, head, ann):
    body = {"client_id": world["C10"].pk, "reason": "Opens the region"}
    assert as_user(ann).post(COMPANY, body, **JSON).status_code == 403
    made = as_user(head).post(COMPANY, body, **JSON)
    assert (made.status_code, made.json()["reason"]) == (201, "Opens the region")
    again = as_user(head).post(COMPANY, body, **JSON)
    assert (again.status_code, again.json()["code"]) == (422, "in_register")
    foreign = {"client_id": ClientFactory(manager=UserFactory()).pk, "reason": "x"}
    assert as_user(head).post(COMPANY, foreign, **JSON).status_code == 404
    assert CompanyKey.objects.count() == 1


# Managers' lists


def marks(given):
    comments = {code: "seen" for code, mark in given.items() if mark}
    whole = dict.fromkeys(WHOLESALER, 0) | given
    return {"marks": whole, "comments": comments}


@pytest.mark.req("S4-11", "S4-14")
def test_a_manager_assesses_takes_and_submits_and_the_head_confirms(as_user, world, ann, head):
    caller, client = as_user(ann), world["C02"]
    early = caller.post(f"{MANAGERS}/propose", {"client_id": client.pk}, **JSON)
    assert (early.status_code, early.json()["code"]) == (422, "not_assessed")
    assert "/keys/mine/" in early.json()["ways_out"][0]["url"]
    made = caller.post(
        f"{MANAGERS}/assessments", {"client_id": client.pk, **marks(WHOLESALER)}, **JSON
    )
    assert (made.status_code, made.json()["influence"], made.json()["eligible"]) == (201, 70, True)
    body = {"client_id": client.pk, "attainable_gap": "1000.00", "tier": "maintain"}
    draft = caller.post(f"{MANAGERS}/propose", body, **JSON)
    assert (draft.status_code, draft.json()["state"], draft.json()["large"]) == (201, "draft", 100)
    assert draft.json()["inputs"]["given"]["attainable_gap"] == "1000.00"
    path = f"{MANAGERS}/{draft.json()['id']}"
    assert as_user(head).post(f"{path}/confirm").status_code == 422  # a draft waits for nobody
    assert caller.post(f"{path}/submit").json()["state"] == "submitted"
    assert caller.post(f"{path}/confirm").status_code == 403  # nobody confirms his own
    confirmed = as_user(head).post(f"{path}/confirm").json()
    assert (confirmed["state"], confirmed["confirmed_by"]["id"]) == ("confirmed", head.pk)
    assert InfluenceAssessment.objects.get().cosigned_by == head
    assert caller.get(MANAGERS, {"state": "confirmed"}).json()["total"] == 1
    assert caller.get(f"{MANAGERS}/assessments").json()["items"][0]["cosigned_by"]["id"] == head.pk


@pytest.mark.req("S4-19", "S4-21")
def test_the_chain_is_refused_though_the_company_counts_it_as_key(as_user, proposed, owner, ann):
    actions.decide_company_key(owner, proposed, verdict="confirm", minutes="Board")
    assessed(ann, proposed.client, NETWORK)
    refused = as_user(ann).post(
        f"{MANAGERS}/propose", {"client_id": proposed.client_id, "tier": "maintain"}, **JSON
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "not_eligible")
    assert "Influence is 10" in refused.json()["detail"]
    assert not ManagerKey.objects.exists()


@pytest.mark.req("S4-31")
def test_the_sixteenth_is_refused_with_the_way_out(as_user, world, ann):
    for number in range(15):
        manager_key(ann, ClientFactory(name=f"K{number}", manager=ann), mki=30 + number)
    assessed(ann, world["C01"])
    body = {"client_id": world["C01"].pk, "tier": "maintain"}
    refused = as_user(ann).post(f"{MANAGERS}/propose", body, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "cap_reached")
    assert "K0" in " ".join(way["label"] for way in refused.json()["ways_out"])
    assert ManagerKey.objects.count() == 15


def test_an_assessment_needs_all_marks_and_their_grounds(as_user, world, ann):
    caller, path = as_user(ann), f"{MANAGERS}/assessments"
    some = {"client_id": world["C02"].pk, "marks": {"volume": 3}, "comments": {"volume": "x"}}
    assert caller.post(path, some, **JSON).json()["code"] == "marks_missing"
    bare = {"client_id": world["C02"].pk, "marks": dict(WHOLESALER)}
    assert caller.post(path, bare, **JSON).json()["code"] == "comment_missing"
    high = {"client_id": world["C02"].pk, "marks": dict(WHOLESALER) | {"volume": 4}}
    assert caller.post(path, high, **JSON).json()["code"] == "invalid"
    foreign = {"client_id": ClientFactory().pk, **marks(WHOLESALER)}
    assert caller.post(path, foreign, **JSON).status_code == 404
    mates = ClientFactory(manager=UserFactory(supervisor=ann.supervisor))
    refused = caller.post(path, {"client_id": mates.pk, **marks(WHOLESALER)}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_his_client")
    assert not InfluenceAssessment.objects.exists()


def test_an_entry_goes_back_and_is_released(as_user, world, ann, head):
    key = manager_key(ann, world["C02"], state="submitted")
    path, reason = f"{MANAGERS}/{key.pk}", {"reason": "Show the grounds"}
    assert as_user(ann).post(f"{path}/return", reason, **JSON).status_code == 403
    assert as_user(head).post(f"{path}/return", reason, **JSON).json()["state"] == "draft"
    assert as_user(ann).post(f"{path}/release", {"reason": ""}, **JSON).status_code == 422
    released = as_user(ann).post(f"{path}/release", reason, **JSON).json()
    assert (released["state"], released["release_reason"]) == ("released", "Show the grounds")
    assert as_user(ann).get(path).status_code == 404


def test_lists_are_ones_own_ones_peoples_or_all(as_user, world, ann, head, owner):
    mine, other = manager_key(ann, world["C02"]), UserFactory()
    theirs = manager_key(other, ClientFactory(manager=other))
    ids = {
        person: {item["id"] for item in as_user(person).get(MANAGERS).json()["items"]}
        for person in (ann, head, owner, other)
    }
    assert (ids[ann], ids[head], ids[other]) == ({mine.pk}, {mine.pk}, {theirs.pk})
    assert ids[owner] == {mine.pk, theirs.pk}
    assert as_user(ann).get(f"{MANAGERS}/{theirs.pk}").status_code == 404
    assert as_user(owner).get(MANAGERS, {"manager": other.pk}).json()["total"] == 1
    recruiter = UserFactory(roles=["recruiter"])
    assert as_user(recruiter).get(MANAGERS).status_code == 403


@pytest.mark.req("S4-21")
def test_no_address_carries_a_status_from_the_company_to_a_manager(as_user, proposed, owner, ann):
    """Deciding on the register touches no list, and what fills a list asks for no entry of it."""
    body = {"verdict": "confirm", "minutes": "Board"}
    as_user(owner).post(f"{COMPANY}/{proposed.pk}/decision", body, **JSON)
    proposed.client.refresh_from_db()
    assert proposed.client.is_company_key
    assert (ManagerKey.objects.count(), proposed.client.manager_keys) == (0, 0)
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    writing = {
        path
        for path, operations in schema["paths"].items()
        if "key-accounts/managers" in path and "post" in operations
    }
    steps = ("assessments", "propose", "{pk}/submit", "{pk}/confirm", "{pk}/return", "{pk}/release")
    assert writing == {f"{MANAGERS}/{step}" for step in steps}
    known = schema["components"]["schemas"]["KeyIn"]["properties"]
    assert not {name for name in known if "company" in name or "key_id" in name}
    for field in ("company_key_id", "state", "influence", "mki"):
        sent = {"client_id": proposed.client_id, field: 1}
        assert as_user(ann).post(f"{MANAGERS}/propose", sent, **JSON).json()["code"] == "invalid"


# Analytics


@pytest.mark.req("S0-04", "S2-01")
def test_pareto_with_its_definitions(as_user, world, owner):
    found = as_user(owner).get(f"{ANALYTICS}/pareto", {"base": "revenue", "limit": 3}).json()
    assert (found["since"], found["until"]) == ("2025-07-01", "2026-06-30")
    assert (found["sum"], found["total"], found["n80"]) == ("10000.00", 10, 4)
    assert found["top20"] == pytest.approx(0.63)
    assert [row["amount"] for row in found["items"]] == ["4200.00", "2100.00", "1300.00"]
    assert [one["clients"] for one in found["classes"]] == [4, 3, 3]
    assert {"name": "abc.crossing-in-A", "version": "1.0"} in found["definitions"]
    assert found["method_version"] == 1
    rest = as_user(owner).get(f"{ANALYTICS}/pareto", {"base": "revenue", "offset": 8}).json()
    assert [(row["place"], row["abc"]) for row in rest["items"]] == [(9, "C"), (10, "C")]


def test_the_base_and_the_period_change_the_curve(as_user, world, owner, ann):
    ledger([line(dt.date(2026, 5, 3), "C10", 90_000, kind="payment")])
    caller = as_user(owner)
    cash = caller.get(f"{ANALYTICS}/pareto", {"base": "cash"}).json()
    assert cash["items"][0]["client"]["name"] == "C10"
    may = caller.get(f"{ANALYTICS}/pareto", {"since": "2026-05", "until": "2026-05"}).json()
    assert (may["since"], may["until"], may["sum"]) == ("2026-05-01", "2026-05-31", "0.00")
    back = caller.get(f"{ANALYTICS}/pareto", {"since": "2026-06", "until": "2026-05"})
    assert (back.status_code, back.json()["code"]) == (422, "period_backwards")
    own = caller.get(f"{ANALYTICS}/pareto", {"manager": UserFactory().pk}).json()
    assert own["total"] == 0
    assert caller.get(f"{ANALYTICS}/pareto", {"manager": 10**9}).status_code == 404


def test_a_head_gets_the_curve_of_his_people_only(as_user, world, head):
    clients_for(["X"], manager=UserFactory())
    ledger([line(dt.date(2026, 6, 1), "X", 99_000)])
    found = as_user(head).get(f"{ANALYTICS}/pareto", {"base": "revenue"}).json()
    assert (found["total"], found["sum"]) == (10, "10000.00")


@pytest.mark.req("S0-03")
def test_concentration(as_user, world, owner):
    found = as_user(owner).get(f"{ANALYTICS}/concentration", {"base": "revenue"}).json()
    assert found["hhi"] == pytest.approx(2502.5)
    assert (found["band"], found["dependence"], found["mono_client"]) == ("high", True, False)
    assert (found["top1"], found["top5"]) == (pytest.approx(0.42), pytest.approx(0.9))
    assert found["hhi_without_flow"] > found["hhi"]


def test_retention_and_classes(as_user, world, owner):
    caller = as_user(owner)
    found = caller.get(f"{ANALYTICS}/retention").json()
    assert (found["active_before"], found["retention"], found["nrr"]) == (0, None, None)
    assert (found["churn_benchmark"], found["method_version"]) == (0.5, 1)
    assert {one["name"] for one in found["definitions"]} >= {"retention.lost-when-not-positive"}
    cells = caller.get(f"{ANALYTICS}/abc-xyz", {"base": "revenue"}).json()
    assert sum(cell["clients"] for cell in cells["cells"]) == 10
    assert cells["cells"][0] == {"abc": "A", "xyz": None, "clients": 4, "amount": "8500.00"}
    assert cells["definitions"][0]["name"].startswith("xyz.")


@pytest.mark.parametrize("name", ["pareto", "concentration", "retention", "abc-xyz"])
def test_analytics_are_for_who_sees_the_whole_company(as_user, world, ann, name):
    assert as_user(ann).get(f"{ANALYTICS}/{name}").status_code == 403
    methodologist = UserFactory(roles=["methodologist"])
    assert as_user(methodologist).get(f"{ANALYTICS}/{name}").status_code == 403


def test_before_the_first_figures_there_is_no_data(as_user, company, owner):
    caller = as_user(owner)
    found = caller.get(f"{ANALYTICS}/concentration").json()
    assert (found["hhi"], found["top1"], found["n80"]) == (None, None, None)
    assert caller.get(f"{ANALYTICS}/retention").status_code == 404
    assert caller.get(f"{ANALYTICS}/abc-xyz").status_code == 404
    assert caller.post(f"{COMPANY}/propose").json()["code"] == "nothing_computed"


def test_lists_take_a_fixed_number_of_queries(
    as_user, world, ann, owner, django_assert_num_queries
):
    for client in list(world.values())[:6]:
        manager_key(ann, client)
    actions.propose_company_keys(owner)
    caller = as_user(owner)
    caller.get("/api/v1/me")  # the first visit of all asks whether there is a company
    for limit in (1, 6):
        with django_assert_num_queries(4):  # token, roles, page, count
            assert len(caller.get(MANAGERS, {"limit": limit}).json()["items"]) == limit
        with django_assert_num_queries(4):
            caller.get(COMPANY, {"limit": limit})


def test_a_token_to_read_decides_nothing(as_user, proposed, owner):
    answer = as_user(owner, "read").post(
        f"{COMPANY}/{proposed.pk}/decision", {"verdict": "confirm", "minutes": "x"}, **JSON
    )
    assert answer.status_code == 403
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_on) == ("proposed", None)


def test_an_assessment_that_ran_out_has_to_be_made_anew(as_user, world, ann):
    key = manager_key(ann, world["C02"], state="draft")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    InfluenceAssessment.objects.update(valid_until=yesterday)
    refused = as_user(ann).post(f"{MANAGERS}/{key.pk}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "not_assessed")
