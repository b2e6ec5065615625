"""Who may call what of hiring's API: those who hire, and assessors and mentors named in rows."""

import datetime as dt

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.queries import SlotPlan
from tests.factories.hiring import (
    a_candidate,
    a_form,
    a_term,
    a_vacancy,
    an_application,
    an_offer_text,
    an_open_vacancy,
    marked,
    task_done,
)
from tests.web.matrix.api import call

VIEW = {"head_of_sales", "owner", "recruiter"}
RECRUIT = {"head_of_sales", "recruiter"}
APPROVE = {"head_of_sales", "owner"}
SELLERS = {"kam", "account_manager"}
UNSEEN = dict.fromkeys(SELLERS, 404)
TODAY = timezone.localdate()


def recruiter(world):
    return world.people["recruiter"]


def draft(world, _user):
    return {"pk": a_vacancy(recruiter(world)).pk}


def open_one(world, _user):
    return {"pk": an_open_vacancy(recruiter(world)).pk}


def of_stage(stage):
    """An application at a stage; nobody of the sellers is named in it."""

    def make(world, _user):
        return {"pk": an_application(an_open_vacancy(recruiter(world)), stage=stage).pk}

    return make


def assessed(world, user):
    """An application that the person marks."""
    made = an_application(an_open_vacancy(recruiter(world)), stage="showed")
    if user.may("hiring.assess"):
        actions.assign_assessors(recruiter(world), made, assessors=[user])
    return {"pk": made.pk}


def compared(world, _user):
    made = an_application(an_open_vacancy(recruiter(world)), stage="showed")
    marked(made, recruiter(world), world.people["head_of_sales"])
    return {"pk": made.pk}


def filled(world, _user):
    made = an_application(an_open_vacancy(recruiter(world)))
    a_form(recruiter(world), made)
    return {"pk": made.pk}


def person(world, _user):
    return {"pk": a_candidate(created_by=recruiter(world)).pk}


def slots(world):
    vacancy = an_open_vacancy(recruiter(world))
    day = TODAY + dt.timedelta(days=1)
    like = SessionText("stream", interviewers=(recruiter(world),))
    plan = SlotPlan(day, day, weekends=True)
    return actions.make_sessions(recruiter(world), vacancy, plan=plan, like=like)


def slot(world, _user):
    return {"pk": slots(world)[0].pk}


def invitation(world, _user):
    session = slots(world)[0]
    made = an_application(session.vacancy, stage="passed")
    return {"pk": actions.invite(recruiter(world), made, session=session)[0].pk}


def chosen(world):
    made = an_application(an_open_vacancy(recruiter(world)), stage="selected")
    marked(made, recruiter(world), world.people["head_of_sales"])
    task_done(recruiter(world), made)
    return made


def chosen_one(world, _user):
    return {"pk": chosen(world).pk}


def offer(state):
    """An offer: drafted, approved or sent, its probation planned."""

    def make(world, _user):
        head, application = world.people["head_of_sales"], chosen(world)
        made = actions.make_offer(recruiter(world), application, text=an_offer_text())
        if state != "draft":
            actions.plan_probation(head, application, term=a_term())
            actions.approve_offer(head, made)
        if state == "sent":
            actions.send_offer(recruiter(world), made, by_mail=False)
        return {"pk": made.pk}

    return make


def probation(world, user):
    """A plan whose mentor is the person, where he may be one."""
    made = an_application(an_open_vacancy(recruiter(world)), stage="selected")
    mentor = user if user.may("hiring.assess") else None
    plan = actions.plan_probation(world.people["head_of_sales"], made, term=a_term(), mentor=mentor)
    return {"pk": plan.pk}


def sent(**fields):
    """What is sent: the same for all."""
    return lambda _world, _user: fields


def offer_body(_world, _user):
    text = an_offer_text()
    more = {"pay": "120000", "sections": dict(text.sections), "answer_by": str(text.answer_by)}
    names = ("track", "motive", "adaptation_risk")
    return more | {name: getattr(text, name) for name in names}


def term_body(_world, _user):
    term = a_term()
    names = ("starts_on", "verdict_on", "contractual_until")
    return {name: str(getattr(term, name)) for name in names}


def assessors_body(world, _user):
    return {"people": [world.people["kam"].pk]}


def slots_body(world, _user):
    day = str(TODAY + dt.timedelta(days=1))
    more = {"kind": "stream", "interviewers": [recruiter(world).pk], "weekends": True}
    return more | {"since": day, "until": day}


def seen(name, own, may=VIEW, method="get", **more):
    """What assessors and mentors see too, where a row names them; here none does."""
    return call(name, method, may=may, own=own, but=UNSEEN, ok=200, **more)


REASON, NEW = sent(reason="Asked"), sent(title="Another", reason="growth")
ROW = sent(rows=[{"full_name": "Anna", "phone": "+7 916 000 00 01"}])
EARLY = {"may": set(VIEW) | SELLERS, "ok": 422}  # the day has not come

ROWS = [
    call("list_vacancies", may=VIEW | SELLERS | {"finance"}),
    call("create_vacancy", "post", may=RECRUIT, data=NEW, ok=201),
    seen("get_vacancy", open_one, may=VIEW | {"finance"}),
    call("change_vacancy", "patch", may=RECRUIT, own=draft, data=sent(seats=2), ok=200),
    call("approve_vacancy", "post", may=APPROVE, own=draft, ok=200),
    call("advance_vacancy", "post", may=RECRUIT, own=open_one, data=sent(to="sourcing"), ok=200),
    call("close_vacancy", "post", may=RECRUIT, own=open_one, data=sent(note="Enough"), ok=200),
    call("cancel_vacancy", "post", may=APPROVE, own=open_one, data=REASON, ok=200),
    call("get_vacancy_funnel", may=VIEW, own=open_one),
    call("get_vacancy_cost", may=VIEW | {"finance"}, own=open_one),
    call("get_market_picture", may=VIEW, own=open_one),
    call("list_ranked", may=VIEW, own=open_one),
    call("import_rows", "post", may=RECRUIT, own=open_one, data=ROW, ok=200),
    seen("list_applications", open_one),
    call("list_calls_due", may=RECRUIT, own=open_one),
    call("make_slots", "post", may=RECRUIT, own=open_one, data=slots_body, ok=201),
    seen("get_application", of_stage("sourced")),
    seen("list_steps", of_stage("sourced")),
    seen("list_calls", of_stage("sourced")),
    seen("get_form", filled),
    seen("list_assessors", of_stage("showed")),
    seen("list_scorecards", of_stage("showed")),
    call(
        *("move_application", "post"),
        may=RECRUIT,
        own=of_stage("sourced"),
        data=sent(to="contacted"),
        ok=200,
    ),
    call(
        *("record_call", "post"),
        may=RECRUIT,
        own=of_stage("sourced"),
        data=sent(outcome="busy"),
        ok=201,
    ),
    call("make_form_link", "post", may=RECRUIT, own=of_stage("sourced"), ok=201),
    call("mark_answer", "post", may=RECRUIT, own=filled, data=sent(code="case", mark=1), ok=200),
    call("invite", "post", may=RECRUIT, own=of_stage("passed"), ok=201),
    call(
        *("assign_assessors", "put"),
        may=RECRUIT,
        own=of_stage("showed"),
        data=assessors_body,
        ok=200,
    ),
    call("save_marks", "put", may=VIEW | SELLERS, own=assessed, data=sent(marks={}), ok=200),
    call("submit_scorecard", "post", may=VIEW | SELLERS, own=assessed, ok=422),
    call("list_compared", may=VIEW, own=compared),
    call(
        *("calibrate", "post"),
        may=RECRUIT,
        own=compared,
        data=sent(code="loyalty", mark=4, note="Seen"),
        ok=200,
    ),
    call(
        *("record_task", "post"),
        may=VIEW | SELLERS,
        own=assessed,
        data=sent(task="none", points={"a": 1}),
        ok=422,
    ),
    call("list_candidates", may=VIEW | SELLERS),
    call(
        *("add_candidate", "post"),
        may=RECRUIT,
        data=sent(full_name="Anna", phone="+7 916 000 00 01"),
        ok=201,
    ),
    seen("get_candidate", person, writes=True),
    call("erase_candidate", "post", may=RECRUIT, own=person, data=REASON, ok=200),
    call("list_slots", may=VIEW | SELLERS, data=sent(day=str(TODAY))),
    call("change_allowed", "post", may=RECRUIT, own=slot, data=sent(allowed=5), ok=200),
    call("cancel_slot", "post", may=RECRUIT, own=slot, ok=200),
    call(
        *("check_in", "post"),
        may=RECRUIT,
        own=invitation,
        data=sent(state="came"),
        ok=200,
        but=UNSEEN,
    ),
    call("list_offers", may=VIEW, own=chosen_one),
    call("make_offer", "post", may=RECRUIT, own=chosen_one, data=offer_body, ok=201),
    call("get_offer", may=VIEW, own=offer("draft")),
    call("approve_offer", "post", may=APPROVE, own=offer("draft"), ok=200),
    call(
        *("send_offer", "post"),
        may=RECRUIT,
        own=offer("approved"),
        data=sent(by_mail=False),
        ok=200,
    ),
    call(
        *("answer_offer", "post"),
        may=RECRUIT,
        own=offer("sent"),
        data=sent(accepted=True),
        ok=200,
    ),
    call("take_offer_back", "post", may=APPROVE, own=offer("sent"), data=REASON, ok=200),
    call("plan_probation", "put", may=APPROVE, own=chosen_one, data=term_body, ok=200),
    call("list_probations", may=VIEW | SELLERS),
    call("get_probation", may=VIEW | SELLERS, own=probation),
    call("list_checkpoints", may=VIEW | SELLERS, own=probation),
    call("write_checkpoint", "post", own=probation, data=sent(on=str(TODAY)), **EARLY),
    call(
        *("decide_probation", "post"),
        may=APPROVE,
        own=probation,
        data=sent(verdict="pass"),
        ok=422,
    ),
    call(
        *("decide_surplus", "post"),
        may={"owner"},
        own=probation,
        data=sent(keep=True, note="x"),
        ok=422,
    ),
    call("get_hiring_summary", may=VIEW),
    call("list_yields", may=VIEW),
    call("list_stage_times", may=VIEW),
    call("list_source_yields", may=VIEW),
    call("list_speeds", may=VIEW),
    call("list_survival", may=VIEW),
]
