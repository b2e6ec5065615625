"""Hiring: probation."""

import datetime as dt

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, OnboardingStep, ProbationPlan, RampPlan
from kamerton.platform.access.models import User
from tests.factories import ClientFactory, UserFactory
from tests.factories.hiring import a_term, an_application, an_open_vacancy
from tests.web.matrix.hiring_offers import data
from tests.web.matrix.row import Row

SEE = {"head_of_sales", "owner", "recruiter"}
LOOK = SEE | {"kam", "account_manager"}
APPROVE = {"head_of_sales", "owner"}
DAYS = 10


def planned(world, mentor, *, days=0, accounts=0):
    """A probation that begins today, or began so many days ago; its clients are the KAM's."""
    first = timezone.localdate() - dt.timedelta(days=days)
    head = world.people["head_of_sales"]
    application = an_application(an_open_vacancy(), stage="accepted")
    plan = actions.plan_probation(head, application, term=a_term(first), mentor=mentor)
    for _number in range(accounts):
        client = ClientFactory(manager=world.people["kam"])
        plan.accounts.create(client=client, baseline=100, baseline_days=28)
    return plan


def begun(world, mentor, **fields):
    plan = planned(world, mentor, days=DAYS, accounts=1)
    Application.objects.filter(pk=plan.application_id).update(
        stage="probation", hired_on=plan.starts_on
    )
    newcomer = UserFactory(status="onboarding", supervisor=world.people["head_of_sales"])
    plan.user, plan.state = newcomer, "active"
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save()
    OnboardingStep.objects.create(plan=plan, code="method", due_on=plan.starts_on)
    RampPlan.objects.create(
        plan=plan, starts_on=plan.starts_on, shares=[0.25, 1.0], full_from=plan.starts_on
    )
    return plan


def draft(world, user):
    return {"pk": planned(world, user).pk}


def own(world, user, **more):
    return {"pk": begun(world, user).pk} | more


def foreign(world, _user, **more):
    return {"pk": begun(world, world.stranger).pk} | more


def proof(maker):
    return lambda world, user: maker(world, user, code="talks")


def verdict(name):
    return lambda world, user: own(world, user, verdict=name)


def step(maker):
    def make(world, user):
        found = maker(world, user)
        return found | {"step": ProbationPlan.objects.get(pk=found["pk"]).steps.get().pk}

    return make


def waiting(world, user):
    plan = begun(world, user, surplus="waiting")
    ProbationPlan.objects.filter(pk=plan.pk).update(state="passed", decided_on=plan.verdict_on)
    return {"pk": plan.pk}


def full(world, user):
    return {"pk": planned(world, user, accounts=5).pk}


def without_password(world, user):
    plan = begun(world, user)
    newcomer = User.objects.create_user(
        "n@x.example", None, full_name="Nick", supervisor=world.people["head_of_sales"]
    )
    newcomer.grants.create(role="kam")
    ProbationPlan.objects.filter(pk=plan.pk).update(user=newcomer)
    return {"pk": plan.pk}


def to_choose(world, user):
    return draft(world, user) | {"client": ClientFactory(manager=world.people["kam"]).pk}


def chosen(world, user):
    plan = planned(world, user, accounts=1)
    return {"pk": plan.pk, "account": plan.accounts.get().pk}


def application(_world, _user):
    return {"pk": an_application(an_open_vacancy(), stage="selected").pk}


def term_data(_world, _user):
    term = a_term()
    names = ("starts_on", "verdict_on", "contractual_until", "cycle_days")
    return {name: f"{getattr(term, name)}" for name in names}


def person_data(world, user):
    given = {"full_name": "Nick New", "email": "nick@x.example", "role": "kam"}
    return given | {"supervisor": (user or world.people["head_of_sales"]).pk}


def check_data(_world, _user):
    return {"on": f"{timezone.localdate()}", "method": "80", "note": "Well"}


ROWS = [
    Row("hiring:probation", may=LOOK),
    Row("hiring:probation-new", may=APPROVE, own=application),
    Row("hiring:probation-new", method="post", may=APPROVE, own=application, data=term_data),
    Row("hiring:probation-plan", may=LOOK, everywhere=SEE, own=own, foreign=foreign),
    Row("hiring:probation-account-add", method="post", may=APPROVE, own=to_choose),
    Row("hiring:probation-account-remove", method="post", may=APPROVE, own=chosen),
    Row("hiring:take-on", may=APPROVE, own=full),
    Row("hiring:take-on", method="post", may=APPROVE, own=full, data=person_data, ok=200),
    Row("hiring:probation-link", method="post", may=APPROVE, own=without_password, ok=200),
    Row(
        "hiring:probation-checkpoint",
        may=APPROVE | {"kam", "account_manager", "recruiter"},
        everywhere=APPROVE,
        own=own,
        foreign=foreign,
        but_foreign={"recruiter": 403},
    ),
    Row(
        "hiring:probation-checkpoint",
        method="post",
        may=APPROVE | {"kam", "account_manager", "recruiter"},
        everywhere=APPROVE,
        own=own,
        foreign=foreign,
        but_foreign={"recruiter": 403},
        data=check_data,
    ),
    Row(
        "hiring:probation-step",
        method="post",
        may=LOOK,
        everywhere={"head_of_sales", "recruiter"},
        own=step(own),
        foreign=step(foreign),
        but_foreign={"owner": 403},
    ),
    Row("hiring:probation-proof", may=LOOK, everywhere=SEE, own=proof(own), foreign=proof(foreign)),
    Row("hiring:probation-verdict", may=APPROVE, own=verdict("pass")),
    Row(
        "hiring:probation-verdict",
        method="post",
        may=APPROVE,
        own=verdict("fail"),
        data=data(reasons="Reports late"),
    ),
    Row("hiring:probation-surplus", may={"owner"}, own=waiting),
    Row(
        "hiring:probation-surplus",
        method="post",
        may={"owner"},
        own=waiting,
        data=data(keep="no", note="No money"),
    ),
    Row("hiring:probation-evidence", may=LOOK, everywhere=SEE, own=own, foreign=foreign),
]
