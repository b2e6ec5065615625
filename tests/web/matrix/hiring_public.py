"""What a candidate opens by a personal link: nobody signs in, strangers' links name nothing."""

from kamerton.domain.hiring import actions
from kamerton.web.hiring.public import policy
from tests.factories.hiring import ANSWERS, an_application, an_open_vacancy
from tests.web.matrix.row import Row, public

UNKNOWN = "x" * 43


def vacancy(world):
    return an_open_vacancy(world.people["recruiter"])


def form(world, _user):
    application = an_application(vacancy(world))
    return {"token": actions.send_form(world.people["recruiter"], application)[1]}


def agreed(world, user):
    link = form(world, user)
    actions.give_consent(link["token"], policy_version=policy.VERSION)
    return link


def invited(world, _user):
    application = an_application(vacancy(world), stage="passed")
    return {"token": actions.invite(world.people["recruiter"], application)[1]}


def unknown(_world, _user):
    return {"token": UNKNOWN}


def answers(_world, _user):
    return ANSWERS


def no_session(_world, _user):
    return {"session": "1"}


def linked(name, maker, ok=200, method="get", **more):
    """An address of a link: with it 200, with one that nobody has 404."""
    row = {"own": maker, "foreign": unknown, "ok": ok, "method": method}
    return Row(name, anonymous=more.pop("anonymous", ok), **row, **more)


ROWS = [
    public("candidate:policy"),
    linked("candidate:form", form),
    linked("candidate:form", form, 422, "post", data=answers),
    linked("candidate:draft", form, 422, "post", data=answers),
    linked("candidate:booking", invited),
    linked("candidate:booking", invited, 422, "post", data=no_session),
    linked("candidate:ics", invited, 404),
    linked("candidate:withdraw", form),
]
