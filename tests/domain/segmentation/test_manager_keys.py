import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.utils import timezone

from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.actions import KnownMark, KnownWallet
from kamerton.domain.segmentation.models import InfluenceAssessment, ManagerKey
from kamerton.domain.segmentation.queries import KeyInputs, cap_of, slots
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import NETWORK, OUTLET, assessed, manager_key, restated

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
PLAIN = KeyInputs(tier="maintain")


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"], full_name="Head")


@pytest.fixture
def kam(head):
    return UserFactory(supervisor=head, full_name="Kam", year_plan=Decimal(100_000))


@pytest.fixture
def world(kam):
    """Three clients that bring kam 70, 20 and 10 per cent."""
    clients = clients_for(["big", "middle", "small"], manager=kam)
    day = dt.date(2026, 6, 30)
    amounts = {"big": 70_000, "middle": 20_000, "small": 500}
    ledger([line(day, code, amount) for code, amount in amounts.items()])
    restated()
    return clients


def ready(kam, number, **fields):
    """A list that holds `number` clients already, weakest index first."""
    return [
        manager_key(kam, ClientFactory(manager=kam, name=f"K{place:02}"), mki=20 + place, **fields)
        for place in range(number)
    ]


def refused(error, call):
    before = list(ManagerKey.objects.order_by("pk").values_list("pk", "state", "mki"))
    journal = AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        call()
    assert list(ManagerKey.objects.order_by("pk").values_list("pk", "state", "mki")) == before
    assert AuditEntry.objects.count() == journal
    return caught.value


def propose(manager, client, inputs=PLAIN):
    return actions.propose_manager_key(manager, client, inputs=inputs)


@pytest.mark.req("S4-11", "S4-15", "S4-16")
def test_the_wholesaler_of_valves_reaches_46_9(head):
    """3.5 end to end: I=70 with 60/55/100/0, through the ledger, the wallet and the plan."""
    kam = UserFactory(supervisor=head, year_plan=Decimal(196_000))
    clients = clients_for(["valves", "rest"], manager=kam)
    rows = [line(dt.date(2024, 6, 20), "valves", 1), line(dt.date(2026, 6, 30), "rest", 94_000)]
    rows += [line(dt.date(2026, month, 20), "valves", 1000) for month in range(1, 7)]
    ledger(rows)
    restated()
    client = clients["valves"]
    known = KnownWallet(Decimal(32_000), "client", 0.8)
    actions.record_wallet(kam, client, known=known)
    assessed(kam, client)
    key = propose(kam, client, KeyInputs())
    found = (key.influence, key.large, key.loyal, key.promising, key.status)
    assert found == (70, pytest.approx(60), pytest.approx(55), 100, 0)
    assert key.mki == pytest.approx(46.9)
    assert (key.state, key.approach, key.tier) == ("draft", "develop", "key")
    assert key.inputs["figures"]["attainable"] == 1_960_000
    assert key.methodology.number == 1


@pytest.mark.req("S4-14")
def test_without_an_assessment_nothing_is_flagged(kam, world):
    error = refused(actions.NotAssessed, lambda: propose(kam, world["big"]))
    assert "Assess your influence on this client first" in str(error)


@pytest.mark.req("S4-14")
def test_an_assessment_that_ran_out_is_none(kam, world):
    made = assessed(kam, world["big"])
    InfluenceAssessment.objects.filter(pk=made.pk).update(valid_until=TODAY - dt.timedelta(1))
    refused(actions.NotAssessed, lambda: propose(kam, world["big"]))
    InfluenceAssessment.objects.filter(pk=made.pk).update(valid_until=TODAY)
    assert propose(kam, world["big"]).state == "draft"


def test_somebody_elses_assessment_does_not_count(kam, world, head):
    peer = UserFactory(supervisor=head)
    world["big"].assignments.create(
        user=peer, role="operational_manager", since=dt.date(2026, 1, 1)
    )
    assessed(peer, world["big"])
    refused(actions.NotAssessed, lambda: propose(kam, world["big"]))


@pytest.mark.req("S4-19", "S4-18")
def test_network_is_refused_however_large(kam, world):
    network = world["big"]
    network.position_external = True
    network.save()
    assessed(kam, network, NETWORK)
    error = refused(actions.NotEligible, lambda: propose(kam, network))
    assert "Influence is 10, and from 40 a client can be key." in str(error)


@pytest.mark.req("S4-20")
def test_outlet_is_refused_and_told_why(kam, world):
    outlet = world["small"]
    outlet.service_only = True
    outlet.save()
    assessed(kam, outlet, OUTLET)
    error = refused(actions.NotEligible, lambda: propose(kam, outlet))
    assert "only serviced: influence is at most 20" in str(error)


@pytest.mark.req("S4-17")
def test_partner_and_complex_make_nobody_key_for_a_manager(kam, world):
    client = world["small"]
    for item in ("framework", "exclusivity", "joint_project", "shared_systems"):
        actions.add_evidence(kam, client, known=KnownMark("partner", item, 1, "contract"))
    for item in ("tender", "points", "specification", "participants"):
        actions.add_evidence(kam, client, known=KnownMark("complex", item, 1, "seen"))
    assessed(kam, client)
    error = refused(actions.NoCriterion, lambda: propose(kam, client))
    assert "One of four must reach 60: Large 6, Loyal 0, Promising —, Status 0." in str(error)


def test_no_plan_for_the_year_is_named(world, kam):
    kam.year_plan = None
    kam.save()
    assessed(kam, world["small"])
    error = refused(actions.NoCriterion, lambda: propose(kam, world["small"]))
    assert "Your sales plan for the year is not set" in str(error)


@pytest.mark.req("S4-15")
def test_loyalty_counts_only_at_stake(kam, world):
    client = world["small"]
    actions.record_wallet(kam, client, known=KnownWallet(Decimal(500), "client", 0.9))
    actions.add_evidence(kam, client, known=KnownMark("loyal", "nps", 10, "call"))
    assessed(kam, client)
    refused(actions.NoCriterion, lambda: propose(kam, client))  # 100 % ours: nothing at stake
    old = KeyInputs(competitor_offer_on=TODAY - dt.timedelta(181))
    refused(actions.NoCriterion, lambda: propose(kam, client, old))
    fresh = KeyInputs(competitor_offer_on=TODAY - dt.timedelta(180), tier="key")
    error = refused(actions.NoCriterion, lambda: propose(kam, client, fresh))
    assert "Loyal 58" in str(error)  # at stake, yet too low


@pytest.mark.req("S4-16")
def test_status_counts_only_with_a_dated_action(kam, world):
    client = world["small"]
    for item in ("market_leader", "known_name", "reference"):
        actions.add_evidence(kam, client, known=KnownMark("status", item, 3, "press"))
    assessed(kam, client)
    refused(actions.NoCriterion, lambda: propose(kam, client))
    undated = KeyInputs(conversion_action="public case")
    refused(actions.NoCriterion, lambda: propose(kam, client, undated))
    past = KeyInputs(conversion_action="public case", conversion_on=TODAY - dt.timedelta(1))
    refused(actions.NoCriterion, lambda: propose(kam, client, past))
    dated = KeyInputs(conversion_action="public case", conversion_on=TODAY)
    assert propose(kam, client, dated).status == pytest.approx(60)


def test_what_can_be_won_is_measured_by_the_managers_plan(kam, world):
    assessed(kam, world["small"])
    refused(
        actions.NoCriterion,
        lambda: propose(kam, world["small"], KeyInputs(attainable_gap=Decimal(5_999))),
    )
    key = propose(kam, world["small"], KeyInputs(attainable_gap=Decimal(6_000)))
    assert key.promising == pytest.approx(60)


def test_only_own_clients_and_each_once(kam, world, head):
    refused(actions.NotHisClient, lambda: propose(kam, ClientFactory()))
    refused(NotAllowed, lambda: propose(UserFactory(roles=["owner"]), world["big"]))
    understudy = UserFactory(supervisor=head)
    world["big"].assignments.create(user=understudy, role="understudy", since=TODAY)
    refused(actions.NotHisClient, lambda: propose(understudy, world["big"]))
    assessed(kam, world["big"])
    refused(actions.UnknownTier, lambda: propose(kam, world["big"], KeyInputs(tier="flow")))
    propose(kam, world["big"])
    refused(actions.InList, lambda: propose(kam, world["big"]))


@pytest.mark.req("S3-52", "S4-10")
def test_a_flow_manager_may_hold_key_clients(head):
    seller = UserFactory(roles=["account_manager"], supervisor=head)
    client = clients_for(["C"], manager=seller)["C"]
    ledger([line(dt.date(2026, 6, 30), "C", 100)])
    restated()
    assessed(seller, client)
    key = actions.submit_manager_key(seller, propose(seller, client))
    actions.confirm_manager_key(head, key)
    client.refresh_from_db()
    assert (client.manager_keys, client.segment) == (1, "key")


@pytest.mark.req("S3-61")
def test_one_of_the_account_team_may_have_the_client_in_his_own_list(kam, world, head):
    operational = UserFactory(supervisor=head, year_plan=Decimal(1))
    client = world["big"]
    client.assignments.create(
        user=operational, role="operational_manager", since=dt.date(2026, 1, 1)
    )
    assessed(kam, client)
    assessed(operational, client)
    propose(kam, client)
    key = propose(operational, client, KeyInputs(attainable_gap=Decimal(1)))
    assert key.manager == operational
    assert ManagerKey.objects.filter(client=client).count() == 2


@pytest.mark.parametrize(("share", "cap"), [("0", 15), ("0.4", 9), ("0.8", 3)])
@pytest.mark.req("S4-31", "S3-33")
def test_one_above_the_cap_is_refused_and_the_weakest_are_named(kam, world, share, cap):
    kam.leader_share = Decimal(share)
    kam.save()
    ready(kam, cap)
    assessed(kam, world["big"])
    assert cap_of(kam) == cap
    error = refused(actions.CapReached, lambda: propose(kam, world["big"]))
    assert f"This would be key client number {cap + 1}; your limit is {cap}." in str(error)
    assert "K00 (20), K01 (21), K02 (22)." in str(error)
    weakest = ManagerKey.objects.get(client__name="K00")
    actions.release_manager_key(kam, weakest, reason="Room for a larger one")
    assert propose(kam, world["big"]).state == "draft"


@pytest.mark.req("S4-31")
def test_drafts_and_submitted_entries_take_places_and_suspended_ones_do_not(kam, world):
    kept = ready(kam, 13)
    manager_key(kam, ClientFactory(manager=kam), state="draft")
    manager_key(kam, ClientFactory(manager=kam), state="submitted")
    assessed(kam, world["big"])
    refused(actions.CapReached, lambda: propose(kam, world["big"]))
    suspended = actions.suspend_manager_key(kam, kept[0], reason="On strike")
    propose(kam, world["big"])
    refused(actions.CapReached, lambda: actions.resume_manager_key(kam, suspended))


def test_a_method_may_set_a_lower_cap(kam, world):
    change_methodology(UserFactory(roles=["methodologist"]), note="x", capacity={"cap": 2})
    ready(kam, 2)
    assessed(kam, world["big"])
    error = refused(actions.CapReached, lambda: propose(kam, world["big"]))
    assert "your limit is 2" in str(error)
    assert cap_of(UserFactory(leader_share=Decimal("0.5"))) == 1


def test_a_load_above_120_per_cent_blocks_new_key_clients(kam, world):
    ready(kam, 13, tier="strategic")  # 156 h of 140
    assessed(kam, world["big"])
    error = refused(
        actions.LoadTooHigh, lambda: propose(kam, world["big"], KeyInputs(tier="strategic"))
    )
    assert "you would need 169 h a month of 140, more than 120 %" in str(error)
    assert slots(kam).over
    assert propose(kam, world["big"], PLAIN).tier == "maintain"


@pytest.mark.req("S4-13")
def test_from_draft_to_release_with_every_hand_in_its_turn(kam, world, head):
    assessment = assessed(kam, world["big"])
    key = propose(kam, world["big"])
    refused(actions.WrongState, lambda: actions.confirm_manager_key(head, key))
    refused(actions.NotHisClient, lambda: actions.submit_manager_key(head, key))
    key = actions.submit_manager_key(kam, key)
    refused(actions.WrongState, lambda: actions.submit_manager_key(kam, key))
    for stranger in (kam, UserFactory(roles=["head_of_sales"]), UserFactory(roles=["owner"])):
        refused(actions.NotHisHead, lambda who=stranger: actions.confirm_manager_key(who, key))
    key = actions.return_manager_key(head, key, reason="Which plan?")
    assert key.state == "draft"
    key = actions.confirm_manager_key(head, actions.submit_manager_key(kam, key))
    assert (key.state, key.confirmed_by) == ("confirmed", head)
    assessment.refresh_from_db()
    assert assessment.cosigned_by == head
    world["big"].refresh_from_db()
    assert (world["big"].manager_keys, world["big"].segment) == (1, "key")
    refused(
        actions.manager_keys.ReasonMissing,
        lambda: actions.release_manager_key(kam, key, reason=" "),
    )
    peer = UserFactory(supervisor=head)
    refused(actions.NotHisHead, lambda: actions.release_manager_key(peer, key, reason="mine"))
    key = actions.release_manager_key(head, key, reason="He left the market")
    assert (key.state, key.released_by, key.release_reason) == (
        "released",
        head,
        "He left the market",
    )
    world["big"].refresh_from_db()
    assert (world["big"].manager_keys, world["big"].segment) == (0, "flow")
    refused(actions.WrongState, lambda: actions.release_manager_key(head, key, reason="again"))
    events = AuditEntry.objects.filter(action__startswith="segmentation.manager_key_")
    assert [event.action.rsplit("_", 1)[1] for event in events.order_by("pk")] == [
        "proposed",
        "submitted",
        "returned",
        "submitted",
        "confirmed",
        "released",
    ]


def test_the_owner_confirms_for_who_has_nobody_above(head, kam):
    client = clients_for(["C"], manager=head)["C"]
    ledger([line(dt.date(2026, 6, 30), "C", 100)])
    restated()
    assessed(head, client)
    key = actions.submit_manager_key(head, propose(head, client))
    refused(actions.NotHisHead, lambda: actions.confirm_manager_key(head, key))
    assert actions.confirm_manager_key(UserFactory(roles=["owner"]), key).state == "confirmed"


def test_a_suspended_entry_comes_back_through_the_head(kam, world, head):
    key = manager_key(kam, world["big"])
    key = actions.suspend_manager_key(head, key, reason="On strike")
    world["big"].refresh_from_db()
    assert (key.state, world["big"].manager_keys) == ("suspended", 0)
    key = actions.resume_manager_key(kam, key)
    assert key.state == "submitted"
    assert actions.confirm_manager_key(head, key).state == "confirmed"


def test_what_was_submitted_is_not_confirmed_by_a_dead_assessment(kam, world, head):
    assessed(kam, world["big"])
    key = actions.submit_manager_key(kam, propose(kam, world["big"]))
    InfluenceAssessment.objects.update(valid_until=TODAY - dt.timedelta(1))
    refused(actions.NotAssessed, lambda: actions.confirm_manager_key(head, key))


@pytest.mark.req("S4-53")
def test_an_entry_is_judged_anew_by_the_newest_assessment_and_version(kam, world):
    assessed(kam, world["big"])
    key = propose(kam, world["big"])
    before = key.mki
    change_methodology(
        UserFactory(roles=["methodologist"]),
        note="size first",
        manager_weights={"large": 70, "loyal": 10, "promising": 10, "status": 10},
    )
    key.refresh_from_db()
    assert (key.mki, key.methodology.number) == (before, 1)
    assessed(kam, world["big"], dict.fromkeys(("volume", "assortment", "choice"), 3))
    key = actions.rescore_manager_key(kam, key, inputs=KeyInputs(tier="key"))
    assert (key.influence, key.methodology.number, key.tier) == (60, 2, "key")
    assert key.mki == pytest.approx(0.6 * 70)


@pytest.mark.req("S4-21", "S4-04")
def test_the_companys_decision_makes_nobody_key_for_a_manager(kam, world):
    owner = UserFactory(roles=["owner"])
    proposed = actions.propose_company_key(owner, world["big"], reason="A name")
    actions.decide_company_key(owner, proposed, verdict="confirm", minutes="Board, point 1")
    restated()
    actions.propose_company_keys(owner)
    actions.review_company_keys(owner, on=TODAY)
    world["big"].refresh_from_db()
    assert world["big"].company_key_since == TODAY
    assert (ManagerKey.objects.count(), world["big"].manager_keys) == (0, 0)
    refused(actions.NotAssessed, lambda: propose(kam, world["big"]))


@pytest.mark.req("S4-21")
def test_there_is_one_door_into_a_managers_list_and_it_takes_one_client():
    """Whatever creates an entry asks for the manager's own assessment of that client."""
    import ast
    import inspect
    from pathlib import Path

    import kamerton

    makers = []
    for path in Path(inspect.getfile(kamerton)).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                entry = called.startswith("ManagerKey.objects") or "key_entries" in called
                writes = called.rsplit(".", 1)[-1] in {"create", "bulk_create", "get_or_create"}
                if called == "ManagerKey" or (entry and writes):
                    makers.append(path.relative_to(path.parents[len(path.parts) - 2]).name)
    assert makers == ["manager_keys.py"]
    source = inspect.getsource(actions.manager_keys.propose_manager_key)
    assert "CompanyKey" not in inspect.getsource(actions.manager_keys)
    assert "_judged(manager, client" in source
    taken = inspect.signature(actions.propose_manager_key).parameters
    assert list(taken) == ["actor", "client", "inputs"]


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time"
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.req("S4-31")
def test_two_at_once_cannot_take_one_place():
    head = UserFactory(roles=["head_of_sales"])
    kam = UserFactory(supervisor=head, leader_share=Decimal("0.8"), year_plan=Decimal(100))
    clients = [ClientFactory(manager=kam) for _ in range(4)]
    for client in clients:
        assessed(kam, client)
    for client in clients[:2]:
        manager_key(kam, client)
    inputs = KeyInputs(attainable_gap=Decimal(100), tier="maintain")
    together, outcome = threading.Barrier(2), []

    def take(client):
        together.wait()
        try:
            actions.propose_manager_key(User.objects.get(pk=kam.pk), client, inputs=inputs)
            outcome.append("taken")
        except actions.CapReached:
            outcome.append("refused")
        except Exception as error:
            outcome.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(client,)) for client in clients[2:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["refused", "taken"]
    assert ManagerKey.objects.in_slots().count() == 3
    assert timezone.now()
