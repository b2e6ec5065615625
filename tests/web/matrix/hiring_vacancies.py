"""Vacancies: who hires, who pays, who is named in them."""

from kamerton.domain.hiring import actions
from tests.factories.hiring import a_vacancy, an_application, an_open_vacancy
from tests.web.matrix.row import Row

HIRE = {"head_of_sales", "owner", "recruiter"}
PAY = HIRE | {"finance"}
RECRUIT = {"head_of_sales", "recruiter"}
DECIDE = {"head_of_sales", "owner"}
NAMED = {"kam", "account_manager"}


def draft(**extra):
    """A draft of the recruiter."""

    def make(world, user):
        made = a_vacancy(world.people["recruiter"])
        return {"pk": made.pk} | {name: value(made) for name, value in extra.items()}

    return make


def open_one(**extra):
    """An open vacancy; who assesses is named in it."""

    def make(world, user):
        made = an_open_vacancy(world.people["recruiter"])
        one = an_application(made, stage="showed")
        if user in (world.people["kam"], world.people["account_manager"]):
            one.scorecards.create(assessor=user)
        return {"pk": made.pk} | {name: value(made) for name, value in extra.items()}

    return make


def unnamed(world, user):
    return {"pk": an_open_vacancy(world.people["recruiter"]).pk}


def fixed(value):
    return lambda made: value


def must(made):
    return made.requirements.first().pk


def asked(made):
    return made.questions.create(text="Tenders?", answer="number").pk


def listed(kind, **fields):
    """A company on a list."""

    def make(world, user):
        act = {"donor": actions.add_donor, "stop": actions.stop_company}[kind]
        return {"pk": act(world.people["recruiter"], name="Acme", **fields).pk}

    return make


def kind(name):
    return lambda world, user: {"kind": name}


def data(**given):
    return lambda world, user: given


def table(world, user):
    return {"what": "survival"}


ABOUT = {"title": "KAM", "role": "kam", "reason": "growth", "seats": "1"}
NEED = {"text": "Tenders", "need": "must", "horizon": "now"}


def page(name, may=HIRE, **more):
    extra = {name: more.pop(name) for name in list(more) if name not in Row.__dataclass_fields__}
    return Row(f"hiring:{name}", may=may, own=open_one(**extra), **more)


def edit(name, may=RECRUIT, make=open_one, sent=None, **more):
    """The rows of a form: opened and sent."""
    extra = {name: more.pop(name) for name in list(more) if name not in Row.__dataclass_fields__}
    own = make(**extra)
    return [
        Row(f"hiring:{name}", may=may, own=own),
        Row(f"hiring:{name}", may=may, method="post", own=own, data=data(**(sent or {}))),
    ]


ROWS = [
    Row("hiring:vacancies", may=PAY),
    Row("hiring:vacancies-table", may=PAY),
    Row("hiring:vacancy-new", may=RECRUIT),
    Row("hiring:vacancy-new", may=RECRUIT, method="post", data=data(**ABOUT)),
    Row("hiring:vacancy", may=PAY | NAMED, own=open_one(), foreign=unnamed, everywhere=PAY),
    page("vacancy-funnel-table"),
    page("vacancy-funnel-days", code=fixed("contacted")),
    page("vacancy-profile"),
    page("vacancy-letter"),
    page("market"),
    *edit("vacancy-edit", make=draft, part=fixed("about"), sent=ABOUT),
    *edit("vacancy-hires", DECIDE, sent={"hires": "4"}),
    *edit("vacancy-budget", kind=fixed("plan"), sent={"item": "Ads", "amount": "100"}),
    *edit("vacancy-move", DECIDE, make=draft, step=fixed("cancel"), sent={"reason": "Frozen"}),
    Row("hiring:vacancy-stage", may=RECRUIT, method="post", own=open_one(),
        data=data(to="sourcing")),
    *edit("requirement-add", sent=NEED),
    *edit("requirement", one=must, sent=NEED),
    Row("hiring:requirement-remove", may=RECRUIT, method="post", own=open_one(one=must)),
    Row("hiring:requirement-restore", may=RECRUIT, method="post", own=open_one(), ok=422),
    *edit("question-add", sent={"text": "Tenders?", "answer": "number"}),
    Row("hiring:question-remove", may=RECRUIT, method="post", own=open_one(one=asked)),
    Row("hiring:question-restore", may=RECRUIT, method="post", own=open_one(), ok=404),
    *edit("letter-block", code=fixed("about"), sent={"text": "We sell valves"}),
    Row("hiring:sources", may=HIRE),
    Row("hiring:sources-table", may=HIRE),
    Row("hiring:source-add", may=RECRUIT, own=kind("donors")),
    Row("hiring:source-add", may=RECRUIT, method="post", own=kind("donors"),
        data=data(name="Acme")),
    Row("hiring:donor-remove", may=RECRUIT, method="post", own=listed("donor")),
    Row("hiring:donor-restore", may=RECRUIT, method="post", ok=422),
    Row("hiring:stop-remove", may=DECIDE, own=listed("stop", reason="Kickbacks")),
    Row("hiring:stop-remove", may=DECIDE, method="post", own=listed("stop", reason="Kickbacks"),
        data=data(reason="Cleared")),
    Row("hiring:reports", may=HIRE),
    Row("hiring:reports-table", may=HIRE, own=table),
]  # fmt: skip
