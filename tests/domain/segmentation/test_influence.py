import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.methodology.content import merged
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import InfluenceAssessment
from kamerton.domain.segmentation.models.manager_keys import MARKS
from kamerton.domain.segmentation.queries import (
    assessments,
    gate_sentences,
    judged,
    why_not_eligible,
)
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.segmentation import NETWORK, OUTLET, WHOLESALER, assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"], full_name="Head")


@pytest.fixture
def kam(head):
    return UserFactory(supervisor=head)


def refused(error, *args, **fields):
    before, journal = InfluenceAssessment.objects.count(), AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        actions.assess_influence(*args, **fields)
    assert (InfluenceAssessment.objects.count(), AuditEntry.objects.count()) == (before, journal)
    return str(caught.value)


@pytest.mark.req("S4-19")
def test_a_chain_retailer_cannot_be_moved(kam):
    network = ClientFactory(name="Сеть", manager=kam, position_external=True)
    made = assessed(kam, network, NETWORK)
    assert (made.ungated, made.influence, made.eligible) == (10, 10, False)
    assert made.gates == []
    why = why_not_eligible(made, methodology.current())
    assert why == "Influence is 10, and from 40 a client can be key."


@pytest.mark.req("S4-20", "S4-18")
def test_a_small_outlet_needs_no_selling(kam):
    outlet = ClientFactory(name="Точка", manager=kam, service_only=True)
    made = assessed(kam, outlet, OUTLET)
    assert (made.ungated, made.influence, made.eligible) == (30, 20, False)
    assert made.gates == ["service_only"]
    assert gate_sentences(made, methodology.current()) == [
        "Nothing is sold here, only serviced: influence is at most 20."
    ]


@pytest.mark.req("S4-18")
def test_an_external_position_caps_influence_only_where_nothing_moves(kam):
    client = ClientFactory(manager=kam, position_external=True)
    strong = dict.fromkeys(MARKS, 3) | {"volume": 1, "assortment": 1, "timing": 1}
    made = assessed(kam, client, strong)
    assert (round(made.ungated, 1), made.influence, made.gates) == (66.7, 30, ["position_external"])
    moved = assessed(kam, client, strong | {"timing": 2})
    assert (round(moved.influence, 1), moved.gates, moved.eligible) == (70.0, [], True)


@pytest.mark.req("S4-14")
def test_a_wholesaler_of_valves_is_eligible_for_half_a_year(kam):
    made = assessed(kam, ClientFactory(manager=kam), WHOLESALER)
    assert (made.influence, made.eligible) == (70, True)
    assert made.comments == dict.fromkeys(MARKS, "seen")
    assert made.marks == WHOLESALER
    assert 180 <= (made.valid_until - timezone.localdate()).days <= 185
    assert AuditEntry.objects.get(action="segmentation.influence_assessed").after["influence"] == 70


def test_the_form_may_ask_what_marks_would_make_and_nothing_is_stored():
    found = judged(
        WHOLESALER,
        service_only=True,
        position_external=False,
        method=methodology.current(),
    )
    assert (found.ungated, found.influence, found.gates) == (70, 20, ["service_only"])
    assert not InfluenceAssessment.objects.exists()


def test_every_mark_above_zero_rests_on_something(kam):
    client = ClientFactory(manager=kam)
    comments = dict.fromkeys(MARKS, "seen") | {"effect": " "}
    sentence = refused(actions.CommentMissing, kam, client, marks=WHOLESALER, comments=comments)
    assert sentence == "Write what each mark above 0 rests on."


@pytest.mark.parametrize("marks", [{"volume": 3}, WHOLESALER | {"price": 4}, WHOLESALER | {"x": 1}])
def test_seven_marks_of_0_to_3_are_needed(kam, marks):
    client = ClientFactory(manager=kam)
    refused(actions.MarksMissing, kam, client, marks=marks, comments={})


def test_a_manager_assesses_only_clients_he_works_on(kam):
    refused(
        *(actions.NotHisClient, kam, ClientFactory()),
        marks=WHOLESALER,
        comments=dict.fromkeys(MARKS, "seen"),
    )


def test_an_assistant_assesses_nothing(kam):
    assistant = UserFactory(roles=["assistant"], supervisor=kam)
    client = ClientFactory(manager=kam)
    refused(NotAllowed, assistant, client, marks=WHOLESALER, comments={})


def test_only_the_head_of_the_manager_cosigns(kam, head):
    made = assessed(kam, ClientFactory(manager=kam))
    for stranger in (kam, UserFactory(roles=["head_of_sales"]), UserFactory(roles=["owner"])):
        with pytest.raises(actions.NotHisHead):
            actions.cosign_assessment(stranger, made)
    made.refresh_from_db()
    assert made.cosigned_at is None
    signed = actions.cosign_assessment(head, made)
    assert signed.cosigned_by == head
    with pytest.raises(actions.CosignedAlready):
        actions.cosign_assessment(head, made)


def test_the_owner_cosigns_for_who_has_nobody_above(head):
    made = assessed(head, ClientFactory(manager=head))
    with pytest.raises(actions.NotHisHead):
        actions.cosign_assessment(head, made)
    assert actions.cosign_assessment(UserFactory(roles=["owner"]), made).cosigned_at


@pytest.mark.req("S4-53")
def test_an_assessment_keeps_the_version_it_was_made_by(kam):
    client = ClientFactory(manager=kam)
    before = assessed(kam, client, OUTLET)
    methodologist = UserFactory(roles=["methodologist"])
    change_methodology(methodologist, note="lower bar", influence={"eligible": 30})
    after = assessed(kam, client, OUTLET)
    before.refresh_from_db()
    assert (before.methodology.number, before.eligible) == (1, False)
    assert (after.methodology.number, after.eligible) == (2, True)


@pytest.mark.req("S4-53")
def test_the_weights_of_the_method_make_the_influence(kam):
    """A new assessment is made by the new weights; one made before keeps what it was made by."""
    client = ClientFactory(manager=kam)
    before = assessed(kam, client, NETWORK)
    weights = {"volume": 10, "access": 20}
    change_methodology(UserFactory(roles=["methodologist"]), note="x", influence_weights=weights)
    after = assessed(kam, client, NETWORK)
    before.refresh_from_db()
    assert (before.methodology.number, before.ungated, before.influence) == (1, 10, 10)
    assert after.methodology.number == 2
    assert round(after.ungated, 6) == round(after.influence, 6) == round(1 / 3 * 10 + 2 / 3 * 20, 6)


def test_each_weight_of_the_method_is_that_of_its_mark():
    for code in MARKS:
        weights = dict.fromkeys(MARKS, 0) | {code: 100}
        method = merged(methodology.current(), {"influence_weights": weights})
        assert method.problems() == []
        found = [
            judged(
                dict.fromkeys(MARKS, 0) | {other: 3},
                service_only=False,
                position_external=False,
                method=method,
            ).influence
            for other in MARKS
        ]
        assert found == [100.0 if other == code else 0.0 for other in MARKS]


def test_assessments_are_seen_by_the_manager_and_those_above(kam, head):
    made = assessed(kam, ClientFactory(manager=kam))
    peer = UserFactory(supervisor=head)
    assert list(assessments(kam)) == [made]
    assert list(assessments(head)) == [made]
    assert list(assessments(UserFactory(roles=["owner"]))) == [made]
    assert not assessments(peer)
    assert not assessments(UserFactory(roles=["recruiter"]))
    assert made.on <= dt.date.today() + dt.timedelta(days=1)
