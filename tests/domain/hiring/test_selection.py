"""The choice: blind marks, calibration, tests, ranking inside of the contest, cautions, offers."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    AlreadySubmitted,
    Asked,
    BeyondBand,
    Discriminates,
    GivenMark,
    MarksMissing,
    NoProbationPlan,
    NotReadyForOffer,
    SectionMissing,
    StillBlind,
    Unfit,
    WrongState,
)
from kamerton.domain.hiring.models import Application, Offer, Vacancy
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_term,
    an_application,
    an_offer_text,
    an_open_vacancy,
    marked,
    task_done,
)

pytestmark = pytest.mark.django_db
FULL = {"form_score": 90.0, "tier": "T1"}


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Assessor", supervisor=head)


@pytest.fixture
def bob(head):
    return UserFactory(full_name="Bob Assessor", supervisor=head)


@pytest.fixture
def chosen(kim, ann, bob, vacancy):
    """A candidate with everything an offer asks for but the plan of his probation."""
    vacancy = actions.change_vacancy(kim, vacancy, targets=["Acme", "Borey"])
    application = an_application(
        vacancy, stage="selected", candidate=a_candidate(known_clients=["ACME"]), **FULL
    )
    marked(application, ann, bob)
    task_done(kim, application)
    return application


def now_of(application):
    return Application.objects.get(pk=application.pk)


def marks_for(vacancy, mark=4, evidence="seen"):
    return {code: GivenMark(mark, evidence) for code in queries.scorecard_codes(vacancy)}


def test_a_scorecard_asks_for_the_profile_the_fit_and_loyalty(kim, vacancy):
    lines = queries.score_lines(kim, vacancy)
    codes = [line.code for line in lines]
    assert codes == [
        *("C01", "C03", "C05", "C12", "C16"),
        *("fit_pace", "fit_rules", "fit_team", "loyalty"),
    ]
    assert len(lines[0].anchors) == 3


def test_marks_are_blind_until_two_have_handed_in(kim, head, ann, bob, vacancy):
    application = an_application(vacancy, stage="showed")
    actions.assign_assessors(kim, application, assessors=[ann, bob])
    actions.save_marks(ann, application, marks=marks_for(vacancy, 5))
    actions.submit_scorecard(ann, application)
    assert [card.assessor for card in queries.scorecards(ann, application)] == [ann]
    assert not queries.scorecards(bob, application).filter(assessor=ann).exists()
    assert not queries.scorecards(head, application).exists()
    assert queries.calibration(head, application) == []
    with pytest.raises(StillBlind):
        actions.calibrate(kim, application, code="C01", mark=4, note="x")
    actions.save_marks(bob, application, marks=marks_for(vacancy, 3))
    actions.submit_scorecard(bob, application)
    for viewer in (ann, bob, head):
        assert queries.scorecards(viewer, application).count() == 2
    (line, *_rest) = queries.calibration(head, application)
    assert (line.marks, line.mean, line.wide) == ({ann.pk: 5, bob.pk: 3}, 4.0, True)
    actions.calibrate(kim, application, code="C01", mark=5, note="Bob saw the same later")
    assert queries.calibration(head, application)[0].value == 5.0


def test_one_assessor_is_not_enough_to_open_the_marks(kim, ann, vacancy):
    application = an_application(vacancy, stage="showed")
    marked(application, ann)
    assert not queries.scorecards(kim, application).exists()


def test_what_was_handed_in_stays_and_lacks_nothing(kim, ann, bob, vacancy):
    application = an_application(vacancy, stage="showed")
    actions.assign_assessors(kim, application, assessors=[ann, bob])
    some = marks_for(vacancy)
    some.pop("loyalty")
    actions.save_marks(ann, application, marks=some)
    with pytest.raises(MarksMissing, match="loyalty"):
        actions.submit_scorecard(ann, application)
    actions.save_marks(ann, application, marks={"loyalty": GivenMark(5)})
    with pytest.raises(MarksMissing, match="what was seen"):
        actions.submit_scorecard(ann, application)
    assert application.scorecards.get(assessor=ann).submitted_at is None
    actions.save_marks(ann, application, marks={"loyalty": GivenMark(3)})
    actions.submit_scorecard(ann, application)
    with pytest.raises(AlreadySubmitted):
        actions.save_marks(ann, application, marks={"loyalty": GivenMark(1, "x")})
    assert application.scorecards.get(assessor=ann).marks.get(code="loyalty").mark == 3
    with pytest.raises(Unfit):
        actions.save_marks(bob, application, marks={"C99": GivenMark(3)})


def test_only_who_is_named_marks_and_sees_the_candidate(kim, ann, kam, vacancy):
    application = an_application(vacancy, stage="showed")
    with pytest.raises(NotAllowed):
        actions.save_marks(kam, application, marks=marks_for(vacancy))
    finance = UserFactory(roles=["finance"])
    with pytest.raises(Unfit):
        actions.assign_assessors(kim, application, assessors=[finance])
    assert not application.scorecards.exists()
    actions.assign_assessors(kim, application, assessors=[ann])
    assert queries.application(ann, application.pk) == application
    assert queries.application(kam, application.pk) is None
    assert list(queries.vacancies(ann)) == [vacancy]
    assert list(queries.candidates(ann)) == [application.candidate]
    with pytest.raises(NotAllowed):
        actions.move_application(ann, application, to="refused", reason="x")


@pytest.mark.req("S0-35", "S1-28")
def test_a_task_is_marked_by_its_rubric(kim, vacancy):
    application = an_application(vacancy, stage="showed")
    made = actions.record_result(kim, application, task="documents", points={"found": 5})
    assert (made.score, now_of(application).stage) == (pytest.approx(500 / 7), "tested")
    for wrong in ({}, {"found": 8}, {"found": 5, "more": 1}):
        with pytest.raises(Unfit):
            actions.record_result(kim, application, task="documents", points=wrong)
    assert application.results.get().points == {"found": 5}


@pytest.mark.req("S0-24", "S0-21", "S3-23", "S3-24")
def test_the_ranking_is_the_formulas_and_only_of_its_contest(
    kim, ann, bob, vacancy, django_assert_num_queries
):
    vacancy = actions.change_vacancy(kim, vacancy, targets=["A", "B", "C", "D", "E"])
    best = a_candidate(known_clients=["A", "B", "C", "D"], region="Tver")
    first = an_application(vacancy, stage="interviewed", candidate=best, tier="T2", form_score=90.0)
    marked(first, ann, bob, mark=4)  # 75 points
    task_done(kim, first)
    weak = a_candidate(known_clients=["Z"], region="Omsk")
    second = an_application(vacancy, stage="tested", candidate=weak, tier="T1", form_score=50.0)
    marked(second, ann, bob, mark=2)
    task_done(kim, second, share=0.3)
    an_application(an_open_vacancy(kim), stage="interviewed")
    an_application(vacancy, stage="passed")
    with django_assert_num_queries(7):
        found = queries.ranking(kim, vacancy)
    assert [one.application for one in found] == [first, second]
    # .25·80 + .15·60 + .05·100 + .30·75 + .20·75 + .05·90
    assert found[0].score == pytest.approx(20 + 9 + 5 + 22.5 + 15 + 4.5)
    assert found[0].parts["overlap"] == pytest.approx(20)
    assert found[0].overlap == ("A", "B", "C", "D")
    assert found[0].may_be_offered
    assert queries.ranking(UserFactory(), vacancy) == []


@pytest.mark.req("S3-46")
def test_the_potential_profile_ranks_anew(kim, ann, bob, vacancy):
    actions.change_vacancy(kim, vacancy, targets=["A"])
    base = an_application(
        vacancy, stage="tested", candidate=a_candidate(known_clients=["A"]), tier="T1"
    )
    bright = an_application(
        vacancy, stage="tested", candidate=a_candidate(known_clients=["Z"], region="Omsk")
    )
    marked(base, ann, bob, mark=3)
    marked(bright, ann, bob, mark=5)
    for one, share in ((base, 0.4), (bright, 0.9)):
        task_done(kim, one, share=share)
    vacancy.refresh_from_db()
    assert queries.ranking(kim, vacancy)[0].application == base
    assert queries.ranking(kim, vacancy, profile="potential")[0].application == bright


@pytest.mark.req("S1-47", "S3-42", "S1-48")
def test_cautions_cost_points_and_a_refuted_claim_holds(kim, chosen):
    plain = queries.ranked(kim, chosen)
    actions.tag_five_years(kim, chosen, tag="owner", words="My own shop")
    actions.change_candidate(kim, chosen.candidate, motive="money")
    claim = actions.add_claim(kim, chosen.candidate, text="Grew a client tenfold")
    found = queries.ranked(kim, chosen)
    assert found.cautions == ("owner", "money_only", "open_claim")
    assert (found.penalty, found.score) == (15, pytest.approx(plain.score - 15))
    assert found.may_be_offered  # a caution is no refusal
    actions.check_claim(kim, claim, state="refuted", source="His head")
    held = queries.ranked(kim, chosen)
    assert (held.hold, held.place) == (True, 0)
    with pytest.raises(NotReadyForOffer, match="refuted"):
        actions.make_offer(kim, chosen, text=an_offer_text())
    assert not Offer.objects.exists()


@pytest.mark.req("S1-49", "S3-09")
def test_an_equal_profile_matches_whole(kim, vacancy):
    profile = {"deal_size": 200_000_000, "products": ["valves"], "buyers": ["plant"], "level": 3}
    actions.change_vacancy(kim, vacancy, profile=profile)
    person = a_candidate(
        deal_size=200_000_000, products=["Valves"], buyers=["plant"], highest_level=3
    )
    application = an_application(Vacancy.objects.get(pk=vacancy.pk), candidate=person)
    assert queries.profile_match(kim, application).share == pytest.approx(1)


@pytest.mark.req("S0-36")
def test_the_group_suggests_its_best_three(kim, ann, bob, vacancy):
    for mark in (2, 3, 4, 5):
        one = an_application(vacancy, stage="interviewed", form_score=50.0)
        marked(one, ann, bob, mark=mark)
    assert len(queries.best_of_group(kim, vacancy)) == 3


@pytest.mark.req("S0-35", "S3-13", "S1-42")
def test_no_offer_without_test_marks_fit_and_loyalty(kim, ann, bob, vacancy):
    application = an_application(vacancy, stage="selected", **FULL)
    assert queries.ranked(kim, application).missing == ("test", "scorecards", "fit", "loyalty")
    marked(application, ann, bob)
    with pytest.raises(NotReadyForOffer, match="business task"):
        actions.make_offer(kim, application, text=an_offer_text())
    assert not Offer.objects.exists()
    task_done(kim, application)
    assert actions.make_offer(kim, application, text=an_offer_text()).state == "draft"


def test_who_lacks_what_the_vacancy_cannot_do_without_gets_no_offer(kim, ann, bob, vacancy):
    actions.put_requirement(kim, vacancy, asked=Asked("C16", knockout=True))
    application = an_application(vacancy, stage="selected", **FULL)
    marked(application, ann, bob, mark=1)
    task_done(kim, application)
    assert queries.ranked(kim, application).lacks == ("C16",)
    with pytest.raises(NotReadyForOffer, match="C16"):
        actions.make_offer(kim, application, text=an_offer_text())
    assert not Offer.objects.exists()


@pytest.mark.req("S3-41", "S3-43", "S3-44", "S3-13", "S3-45", "S3-42")
@pytest.mark.parametrize("code", ["role", "portfolio", "now", "prospect", "advantages"])
def test_an_offer_has_all_its_sections(kim, chosen, code):
    text = an_offer_text()
    with pytest.raises(SectionMissing):
        actions.make_offer(kim, chosen, text=an_offer_text(sections={**text.sections, code: " "}))
    with pytest.raises(SectionMissing):
        actions.make_offer(kim, chosen, text=an_offer_text(adaptation_risk=""))
    for wrong in ({"track": ""}, {"motive": ""}, {"pay": 0}):
        with pytest.raises(Unfit):
            actions.make_offer(kim, chosen, text=an_offer_text(**wrong))
    with pytest.raises(Discriminates):
        unlawful = {**text.sections, code: "Only men, not older than 35 years old"}
        actions.make_offer(kim, chosen, text=an_offer_text(sections=unlawful))
    assert not Offer.objects.exists()


@pytest.mark.req("S3-40")
def test_pay_beyond_the_band_is_the_owners(kim, head, owner, chosen):
    offer = actions.make_offer(kim, chosen, text=an_offer_text(pay=150_000 * ROUBLES))
    assert (offer.beyond, offer.state) == (True, "pending")
    with pytest.raises(NotAllowed):
        actions.approve_offer(kim, offer)
    with pytest.raises(BeyondBand):
        actions.approve_offer(head, offer)
    assert Offer.objects.get().state == "pending"
    assert not queries.offers_to_approve(head).exists()
    assert list(queries.offers_to_approve(owner)) == [offer]
    assert actions.approve_offer(owner, offer).approved_by == owner


@pytest.mark.req("S0-39")
def test_no_offer_goes_out_before_the_probation_is_planned(kim, head, chosen):
    offer = actions.approve_offer(head, actions.make_offer(kim, chosen, text=an_offer_text()))
    with pytest.raises(NoProbationPlan):
        actions.send_offer(kim, offer)
    assert (Offer.objects.get().state, mail.outbox) == ("approved", [])
    actions.plan_probation(head, chosen, term=a_term())
    actions.send_offer(kim, offer)
    assert "Why us: agreed" in mail.outbox[0].body
    assert now_of(chosen).stage == "offer"
    actions.answer_offer(kim, offer, accepted=True)
    assert (Offer.objects.get().state, now_of(chosen).stage) == ("accepted", "accepted")


@pytest.mark.req("S1-47")
def test_who_approves_sees_the_cautions(kim, head, chosen):
    actions.tag_five_years(kim, chosen, tag="owner")
    offer = actions.make_offer(kim, chosen, text=an_offer_text(motive="money"))
    offer = queries.offer(head, offer.pk)
    assert queries.offer_cautions(head, offer) == ("owner", "money_only")


def test_an_offer_expires_is_declined_or_taken_back(kim, head, chosen):
    actions.plan_probation(head, chosen, term=a_term())
    offer = actions.approve_offer(head, actions.make_offer(kim, chosen, text=an_offer_text()))
    actions.send_offer(kim, offer, by_mail=False)
    assert actions.expire_offers(kim, on=offer.answer_by) == 0
    assert actions.expire_offers(kim, on=offer.answer_by + dt.timedelta(days=1)) == 1
    assert now_of(chosen).stage == "selected"
    with pytest.raises(WrongState):
        actions.answer_offer(kim, offer, accepted=True)
    second = actions.approve_offer(head, actions.make_offer(kim, chosen, text=an_offer_text()))
    actions.send_offer(kim, second, by_mail=False)
    actions.take_offer_back(head, second, reason="The seat is gone")
    third = actions.approve_offer(head, actions.make_offer(kim, chosen, text=an_offer_text()))
    actions.send_offer(kim, third, by_mail=False)
    actions.answer_offer(kim, third, accepted=False, note="Another offer")
    states = Offer.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["expired", "cancelled", "declined"]
    assert now_of(chosen).stage == "withdrawn"
    assert timezone.localdate() < offer.answer_by
