"""Who may read and write what we know of clients, and files of answers; pages and API."""

import dataclasses
import io

from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import actions
from kamerton.domain.dossier.models import DossierImport
from kamerton.domain.methodology.actions import change_methodology
from kamerton.flows.import_dossiers import work_folder
from tests.factories.dossier import answered
from tests.web.matrix.accounts import foreign, own
from tests.web.matrix.row import Row

READ = {"kam", "account_manager", "head_of_sales", "owner", "methodologist", "assistant"}
EVERYWHERE = {"owner", "methodologist"}
WRITE = {"kam", "account_manager", "head_of_sales"}
ATTACH = WRITE | {"assistant"}
NO_CLIENTS = {"recruiter": 404}
UNSEEN = dict.fromkeys(("recruiter", "assistant", *WRITE), 404)
PDF = b"%PDF-1.7"


def holder(world, user, maker):
    """Who works on the client that the maker gives."""
    return world.stranger if maker is foreign else world.seller(user)


def account(world, user, maker):
    """A client with a dossier that holds an answer."""
    client = Client.objects.get(pk=maker(world, user)["pk"])
    answered(client, "1.3", "In 1998", actor=holder(world, user, maker))
    return client


def known(maker, **more):
    return lambda world, user: {"pk": account(world, user, maker).pk, **more}


def attached(maker):
    def make(world, user):
        client = account(world, user, maker)
        sent = io.BytesIO(PDF)
        place = {"group": "g1", "question": "1.6"}
        file = actions.attach_file(holder(world, user, maker), client, sent, name="a.pdf", **place)
        return {"pk": client.pk, "file_pk": file.pk}

    return make


def concluded(maker):
    def make(world, user):
        client = account(world, user, maker)
        note = actions.add_insight(holder(world, user, maker), client, text="They grow")
        return {"pk": client.pk, "insight_pk": note.pk}

    return make


def asked(maker):
    def make(world, user):
        client = account(world, user, maker)
        made = actions.ask_own_question(
            holder(world, user, maker), client, group="g2", title="Who repairs?"
        )
        return {"pk": client.pk, "code": made.code}

    return make


def behind(maker):
    """A dossier of an older method."""

    def make(world, user):
        client = account(world, user, maker)
        methodologist = world.people["methodologist"]
        change_methodology(methodologist, note="more", dossier={"green": 0.8})
        return {"pk": client.pk}

    return make


def typed(world, user):
    return {
        "a1-3-seen": "0",
        "a1-3-value": "In 1996",
        "a1-3-source": "document",
        "a1-3-source_on": timezone.localdate().isoformat(),
    }


def fresh(maker, **more):
    return lambda world, user: maker(world, user) | more


def upload(world, user):
    sent = io.BytesIO(PDF)
    sent.name = "a.pdf"
    return {"file": sent}


def table(world, user):
    sent = io.BytesIO(b"Client;No.;Answer;Source;True on\n")
    sent.name = "a.csv"
    return {"file": sent}


def sent(whose, state="checked", **report):
    """A file of answers of one's own or of somebody else."""

    def make(world, user):
        found = DossierImport.objects.create(
            name="a.xlsx",
            file="dossier-imports/none.xlsx",
            digest="0" * 64,
            size=1,
            state=state,
            report={"rows": 1, "clients": 1, "answers": 1, "insights": 0, "error_count": 0}
            | {"errors": []}
            | report,
            started_by=world.stranger if whose == "foreign" else user,
        )
        return {"pk": found.pk}

    return make


def page(name, maker=known, **more):
    """What everybody reads who sees the client."""
    values = {"own": maker(own), "foreign": maker(foreign), "but": NO_CLIENTS}
    return Row(
        f"dossier:{name}",
        may=READ,
        everywhere=EVERYWHERE,
        but_foreign=UNSEEN,
        **(values | more),
    )


def write(name, maker, **more):
    """What only who works on the client writes; who sees it is refused, others find nothing."""
    values = {"may": WRITE, "own": maker(own), "foreign": maker(foreign), "but": NO_CLIENTS}
    return Row(
        f"dossier:{name}",
        **(
            {"method": "post"}
            | values
            | {"but_foreign": NO_CLIENTS | dict.fromkeys((*WRITE, "assistant"), 404)}
            | more
        ),
    )


def of_question(code="1.3"):
    return lambda maker: known(maker, code=code)


def unanswered(maker):
    return fresh(maker, code="1.3")


def said(**fields):
    return lambda world, user: fields


def of_import(name, state, **more):
    """Read by who sent it and by who reads the journal; changed by who sent it only."""
    reads = {"may": WRITE | EVERYWHERE, "everywhere": EVERYWHERE, "denied": 404}
    changes = {"may": WRITE, "method": "post", "denied": 404}
    refused = dict.fromkeys(EVERYWHERE, 403)
    changes |= {"but": refused, "but_foreign": refused}
    rights = changes if "data" in more else reads
    values = {"own": sent("own", state), "foreign": sent("foreign", state)}
    return Row(f"dossier:{name}", **(values | rights | more))


def with_errors(whose):
    def make(world, user):
        arguments = sent(whose)(world, user)
        folder = work_folder(DossierImport.objects.get(pk=arguments["pk"]))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "errors.json").write_text("[]")
        return arguments

    return make


PAGES = [
    page("dossier"),
    page("tile"),
    page("next"),
    page("question", of_question()),
    page("history", of_question()),
    page("file", attached),
    page("export", writes=True),
    write("answer", unanswered, method="get"),
    write("answer", unanswered, data=typed, ok=200),
    write("pass", unanswered, data=said(reason="Wholesale only", seen="0"), ok=200),
    write("withdraw", of_question(), data=said(reason="A mistake"), ok=200),
    write("check", of_question(), ok=200),
    write("attach", of_question("1.6"), data=upload, ok=200, may=ATTACH),
    write("file-remove", attached, ok=200, may=ATTACH),
    write("insight-add", known, method="get"),
    write("insight-add", known, data=said(text="They grow", based_on=["1.3"]), ok=204),
    write("insight-archive", concluded, ok=204),
    write("question-add", known, method="get"),
    write(
        "question-add",
        known,
        data=said(title="Who repairs?", group="g2", weight="2", ttl_months="12"),
        ok=204,
    ),
    write("question-drop", asked, ok=204),
    write("packs", known, data=said(pack=["medtech"])),
    write("adopt", behind),
    Row("dossier:imports", may=WRITE),
    Row("dossier:imports", method="post", may=WRITE, data=table),
    of_import("import", "checked"),
    of_import("import-errors", "checked", own=with_errors("own"), foreign=with_errors("foreign")),
    of_import("import-run", "checked", data=said()),
    of_import("import-cancel", "checked", data=said()),
    of_import("import-undo", "done", data=said(reason="Wrong file")),
]

ROWS = [*PAGES]


def call(name, maker, method="get", **more):
    """An address of the API: strangers get 401, bodies are JSON."""
    make = page if method == "get" else write
    row = make(name, maker, **({"method": method, "anonymous": 401, "json": True} | more))
    return dataclasses.replace(row, name=f"api:{name}", json=method != "get")


def body(**fields):
    return lambda world, user: fields


SAID = body(value="In 1996", source="document")
ROWS += [
    call("get_dossier", known),
    call("list_answers", of_question()),
    call("answer_question", unanswered, "post", data=SAID, ok=201),
    call("pass_over_question", unanswered, "post", data=body(reason="Wholesale only"), ok=201),
    call("withdraw_answer", of_question(), "post", data=body(reason="A mistake"), ok=200),
    call("add_insight", known, "post", data=body(text="They grow", based_on=["1.3"]), ok=201),
]
