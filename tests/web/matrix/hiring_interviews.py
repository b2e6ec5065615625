"""Interviews: who recruits, who looks on, who holds the session or marks the candidate."""

import datetime as dt

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import GivenMark
from kamerton.domain.hiring.models import InterviewSession, Invitation
from kamerton.domain.hiring.queries import scorecard_codes
from tests.factories.hiring import an_application, an_open_vacancy
from tests.web.matrix.row import Row

HIRE = {"head_of_sales", "owner", "recruiter"}
RECRUIT = {"head_of_sales", "recruiter"}
NAMED = {"kam", "account_manager"}
ASSESS = HIRE | NAMED


def a_session(world, *people, **fields):
    """A slot of tomorrow that these people hold."""
    recruiter = world.people["recruiter"]
    start = timezone.now() + dt.timedelta(days=1)
    values = {
        "vacancy": an_open_vacancy(recruiter),
        "kind": "stream",
        "starts_at": start,
        "ends_at": start + dt.timedelta(minutes=30),
        "allowed": 3,
        "created_by": recruiter,
    }
    made = InterviewSession.objects.create(**(values | fields))
    made.interviewers.set(people)
    return made


def session(whose):
    def make(world, user):
        return {"pk": a_session(world, *([user] if whose == "own" else [])).pk}

    return make


def vacancy(world, user):
    return {"pk": an_open_vacancy(world.people["recruiter"]).pk}


def invited(whose, state="sent"):
    """Somebody invited to a session that the person holds, or to another's."""

    def make(world, user):
        slot = a_session(world, *([user] if whose == "own" else []))
        one = an_application(slot.vacancy, stage="passed")
        invitation, _token = actions.invite(world.people["recruiter"], one, session=slot)
        if state != "sent":
            actions.check_in(world.people["recruiter"], invitation, state=state)
        return {"pk": invitation.pk}

    return make


def chosen(whose, *, ready=False, **extra):
    """A candidate whom the person marks, beside another assessor."""

    def make(world, user):
        recruiter = world.people["recruiter"]
        one = an_application(an_open_vacancy(recruiter), stage="showed")
        assessors = [user, world.stranger] if whose == "own" else [world.stranger]
        assessors = [person for person in assessors if person.may("hiring.assess")]
        actions.assign_assessors(recruiter, one, assessors=assessors)
        if ready:
            codes = scorecard_codes(one.vacancy)
            for person in {*assessors, world.people["head_of_sales"]}:
                one.scorecards.get_or_create(assessor=person)
                marks = {code: GivenMark(3) for code in codes}
                actions.save_marks(person, one, marks=marks)
                actions.submit_scorecard(person, one)
        return {"pk": one.pk} | extra

    return make


def pool(world, user):
    """Whom to invite: nobody of that vacancy, so the form comes back."""
    return {"people": ["0"]}


def slots(world, user):
    vacancy(world, user)
    day = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    return {
        "kind": "stream",
        "since": day,
        "until": day,
        "weekends": "on",
        "opens": "09:00",
        "closes": "10:00",
        "minutes": "30",
        "capacity": "1",
        "interviewers": [str(world.people["recruiter"].pk)],
    }


def elsewhere(world, user):
    """Another slot of the newest vacancy."""
    there = Invitation.objects.latest("pk").session
    made = a_session(world, vacancy=there.vacancy, starts_at=there.ends_at,
                     ends_at=there.ends_at + dt.timedelta(minutes=30))  # fmt: skip
    return {"session": made.pk}


def data(**given):
    return lambda world, user: given


def agreed(world, user):
    return {"code": "C01", "mark": "4", "note": "Talked over"}


def assessor(world, user):
    return {"assessors": [str(world.people["head_of_sales"].pk)]}


POINTS = data(p_dossier="20", p_questions="20", p_plan="20", p_clarity="5")


def recruits(name, method="get", **more):
    """A page or change of those who recruit."""
    return Row(f"hiring:{name}", method=method, may=RECRUIT, everywhere=RECRUIT, **more)


def sees(name, own, foreign, **more):
    """A page of those who hire, and of whom the row names."""
    return Row(f"hiring:{name}", may=ASSESS, everywhere=HIRE, own=own, foreign=foreign, **more)


ROWS = [
    Row("hiring:interviews", may=ASSESS),
    Row("hiring:check-in", may=ASSESS),
    Row("hiring:show-rate", may=HIRE),
    recruits("slots-new"),
    recruits("slots-new", "post", data=slots),
    recruits("remind-all", "post"),
    sees("session", session("own"), session("foreign")),
    recruits("invite", own=session("own"), foreign=session("foreign")),
    recruits("invite", "post", own=session("own"), data=pool, ok=422),
    recruits("invite-open", own=vacancy),
    recruits("invite-open", "post", own=vacancy, data=pool, ok=422),
    recruits("invite-again", own=session("own"), foreign=session("foreign")),
    recruits("invite-again", "post", own=session("own"), data=pool, ok=422),
    recruits("allowed", "post", own=session("own"), data=data(allowed="4")),
    recruits("session-cancel", "post", own=session("own")),
    Row(
        "hiring:check",
        method="post",
        may=RECRUIT | NAMED | {"owner"},
        everywhere=RECRUIT,
        own=invited("own"),
        foreign=invited("foreign"),
        data=data(state="came"),
        but_foreign={"owner": 403},
    ),
    Row(
        "hiring:check-undo",
        method="post",
        may=RECRUIT | NAMED | {"owner"},
        everywhere=RECRUIT,
        own=invited("own", "came"),
        foreign=invited("foreign", "came"),
        but_foreign={"owner": 403},
    ),
    recruits("place-move", own=invited("own"), foreign=invited("foreign")),
    recruits("place-move", "post", own=invited("own"), data=elsewhere, ok=200),
    recruits("remind", "post", own=invited("own"), foreign=invited("foreign")),
    recruits("invitation-link", "post", own=invited("own"), foreign=invited("foreign"), ok=200),
    sees("scorecard", chosen("own"), chosen("foreign")),
    Row(
        "hiring:scorecard",
        method="post",
        may=ASSESS,
        own=chosen("own"),
        foreign=chosen("foreign"),
        data=data(do="save", mark_C01="4", evidence_C01="An example"),
        but_foreign=dict.fromkeys(HIRE, 403),
    ),
    recruits("assessors", own=chosen("own"), foreign=chosen("foreign")),
    recruits("assessors", "post", own=chosen("own"), foreign=chosen("foreign"), data=assessor),
    sees("calibration", chosen("own"), chosen("foreign")),
    recruits("calibration", "post", own=chosen("own", ready=True), data=agreed),
    sees("task-result", chosen("own", code="key_client"), chosen("foreign", code="key_client")),
    sees(
        "task-result",
        chosen("own", code="key_client"),
        chosen("foreign", code="key_client"),
        method="post",
        data=POINTS,
    ),
    sees("five-years", chosen("own"), chosen("foreign")),
    sees(
        "five-years",
        chosen("own"),
        chosen("foreign"),
        method="post",
        data=data(tag="expert", words="An expert"),
    ),
    sees("candidate-marks", chosen("own"), chosen("foreign")),
]
