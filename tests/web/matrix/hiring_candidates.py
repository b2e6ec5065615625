"""Candidates: the list, the board, the card, calls, the reserve, files of people."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from kamerton.domain.hiring.models import Scorecard
from kamerton.flows import import_candidates as flow
from tests.factories.hiring import a_candidate, a_form, an_application, an_open_vacancy
from tests.web.matrix.row import Row

HIRE = ("owner", "head_of_sales", "recruiter")  # who see all candidates
RECRUIT = ("head_of_sales", "recruiter")
ASSESS = ("kam", "account_manager")  # who see those they are to assess
TABLE = b"Name;Phone\nAnna Orlova;+7 916 000-00-01\n"


def vacancy(world):
    return an_open_vacancy(world.people["recruiter"])


def of_vacancy(world, user):
    return {"pk": vacancy(world).pk}


def query(world, user):
    return {"vacancy": vacancy(world).pk}


def person(world, user):
    return {"pk": a_candidate(created_by=world.people["recruiter"]).pk}


def named(world, user):
    """A candidate in a vacancy, whom `user` is to assess."""
    made = an_application(vacancy(world))
    Scorecard.objects.create(application=made, assessor=user)
    return made


def named_person(world, user):
    return {"pk": named(world, user).candidate_id}


def named_application(world, user):
    return {"pk": named(world, user).pk}


def stranger(world, user):
    return {"pk": named(world, world.stranger).candidate_id}


def strangers_application(world, user):
    return {"pk": named(world, world.stranger).pk}


def application(**fields):
    def make(world, user):
        return {"pk": an_application(vacancy(world), **fields).pk}

    return make


def with_(maker, **more):
    return lambda world, user: {**maker(world, user), **more}


def claim(world, user):
    made = a_candidate(created_by=world.people["recruiter"])
    return {"pk": made.pk, "claim": made.claims.create(text="Grew a client").pk}


def cv(owner):
    """A file of a candidate of `owner`."""

    def make(world, user):
        seen = named(world, user if owner == "own" else world.stranger).candidate
        recruiter = world.people["recruiter"]
        kept = flow.keep(io.BytesIO(b"%PDF-1.7 x"), f"hiring/{seen.pk}", name="cv.pdf")
        made = seen.files.create(path=kept.path, name=kept.name, added_by=recruiter)
        return {"pk": seen.pk, "file": made.pk}

    return make


def answer(world, user):
    made = an_application(vacancy(world))
    a_form(world.people["recruiter"], made)
    return {"pk": made.pk, "code": "case"}


def file_of_people(*, brought=False):
    def make(world, user):
        kim = world.people["recruiter"]
        found = flow.receive_candidates(kim, vacancy(world), io.BytesIO(TABLE), name="hh.csv")
        flow.check_candidates(kim, found)
        return {"pk": flow.import_candidates(kim, found).pk if brought else found.pk}

    return make


def broken_file(world, user):
    kim = world.people["recruiter"]
    table = TABLE + b";+7 916 000-00-02\n"
    found = flow.receive_candidates(kim, vacancy(world), io.BytesIO(table), name="hh.csv")
    return {"pk": flow.check_candidates(kim, found).pk}


def data(**given):
    return lambda world, user: given


def upload(name, content):
    return lambda world, user: {"file": SimpleUploadedFile(name, content)}


def recruit(name, own, *, ok=None, method="post", **more):
    """A row that those who recruit may ask for, and nobody else."""
    return Row(name, may=RECRUIT, method=method, own=own, ok=ok, **more)


def into_new(world, user):
    return {"vacancy": vacancy(world).pk}


def with_person(world, user):
    return {"full_name": "Anna Orlova", "email": "anna@x.example"}


def reserve_of(world, user):
    return {"user": world.people["kam"].pk, "willing": "on", "ready_on": "2027-03-01"}


ROWS = [
    Row("hiring:candidates", may=HIRE),
    Row("hiring:candidates-table", may=RECRUIT),
    Row("hiring:board", may=HIRE, own=of_vacancy),
    Row(
        "hiring:person",
        may=(*HIRE, *ASSESS),
        everywhere=HIRE,
        own=named_person,
        foreign=stranger,
        writes=True,
    ),
    Row(
        "hiring:candidate",
        may=(*HIRE, *ASSESS),
        everywhere=HIRE,
        own=named_application,
        foreign=strangers_application,
        writes=True,  # each view is logged
    ),
    recruit("hiring:candidate-new", lambda world, user: {}, method="get"),
    recruit("hiring:candidate-new", lambda world, user: {}, data=with_person),
    recruit("hiring:candidate-edit", person, method="get", writes=True),
    recruit("hiring:candidate-edit", person, data=with_person),
    recruit("hiring:candidate-apply", person, method="get"),
    recruit("hiring:candidate-apply", person, data=into_new),
    recruit("hiring:candidate-do", with_(person, step="claim"), method="get"),
    recruit("hiring:candidate-do", with_(person, step="claim"), data=data(text="Grew a client")),
    recruit("hiring:candidate-do", with_(person, step="erase"), data=data(reason="Asked for it")),
    recruit("hiring:candidate-do", with_(person, step="withdraw"), data=data(reason="By phone")),
    recruit(
        "hiring:candidate-do",
        with_(person, step="reference"),
        data=data(who="His chief", said="Good", on="2026-11-01"),
    ),
    recruit("hiring:claim", claim, method="get"),
    recruit("hiring:claim", claim, data=data(state="confirmed", source="His chief")),
    recruit("hiring:file-add", person, data=upload("cv.pdf", b"%PDF-1.7 x")),
    Row(
        "hiring:file",
        may=(*HIRE, *ASSESS),
        everywhere=HIRE,
        own=cv("own"),
        foreign=cv("foreign"),
        writes=True,
    ),
    Row(
        "hiring:application-do",
        may=("head_of_sales", "owner"),
        own=with_(application(stage="knocked_out"), step="back"),
    ),
    Row(
        "hiring:application-do",
        may=("head_of_sales", "owner"),
        method="post",
        own=with_(application(stage="knocked_out"), step="back"),
        data=data(reason="Worth a talk"),
    ),
    Row(
        "hiring:application-do",
        may=("head_of_sales", "owner"),
        method="post",
        own=with_(application(), step="clear"),
        data=data(reason="He left them long ago"),
    ),
    recruit("hiring:move", application(), method="get"),
    recruit("hiring:move", application(), data=data(to="contacted")),
    recruit("hiring:send", with_(application(), what="letter"), method="get"),
    recruit("hiring:send", with_(application(), what="letter")),
    recruit("hiring:send", with_(application(), what="form"), ok=200),
    recruit("hiring:answer-mark", answer, method="get"),
    recruit("hiring:answer-mark", answer, data=data(mark="0.75")),
    recruit("hiring:call", application(), data=data(outcome="interested")),
    Row("hiring:calls", may=HIRE, writes=True),
    recruit("hiring:calls-take", lambda world, user: {}, data=lambda w, u: query(w, u) | {"n": 10}),
    Row("hiring:reserve", may=HIRE),
    recruit("hiring:reserve-own", lambda world, user: {}, method="get"),
    recruit("hiring:reserve-own", lambda world, user: {}, data=reserve_of),
    recruit("hiring:import", of_vacancy, method="get"),
    recruit("hiring:import", of_vacancy, data=upload("hh.csv", TABLE)),
    recruit("hiring:import-report", file_of_people(), method="get"),
    recruit(
        "hiring:import-columns",
        file_of_people(),
        data=data(**{"column-0": "full_name", "column-1": "phone", "head": "1"}),
    ),
    recruit("hiring:import-run", file_of_people()),
    recruit("hiring:import-cancel", file_of_people()),
    recruit("hiring:import-undo", file_of_people(brought=True), data=data(reason="Wrong file")),
    recruit("hiring:import-errors", broken_file, method="get"),
]
