"""Files, insights, own questions, packs, the version of the method, and what was cited where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier.actions import rules
from kamerton.domain.dossier.models import (
    OWN,
    AnswerFile,
    Citation,
    Dossier,
    DossierAnswer,
    InsightNote,
    OwnQuestion,
)
from kamerton.domain.dossier.queries import asked
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.store import Chunked, keep

FOLDER = "dossier"
LIMIT = 50 * 1024 * 1024
LONGEST = 4_000


class AttachedAlready(BusinessError):
    """The same file is there."""


class AskedAlready(BusinessError):
    """The client is asked this already."""


class UnknownPack(BusinessError):
    """The method has no such pack."""


class UnknownBasis(BusinessError):
    """An insight rests on answers of its own dossier."""


class UpToDate(BusinessError):
    """The dossier asks by the newest method already."""


@dataclass(frozen=True)
class Use:
    """Where answers were used: a place of Citation.Place, which one ("goal:5"), in words."""

    place: str
    ref: str
    label: str = ""


@transaction.atomic
def attach_file(
    actor: User,
    client: Client,
    upload: Chunked | BinaryIO,
    *,
    name: str,
    group: str,
    question: str = "",
) -> AnswerFile:
    """Keep a file with a question, or with a group as a whole.

    Raises NotAllowed, ToolOff, UnknownQuestion, AttachedAlready, EmptyFile, TooLarge, WrongKind.
    """
    client = rules.lock_client(actor, client, "dossier.attach")
    dossier = rules.dossier_for(actor, client)
    _check_place(dossier, group, question)
    kept = keep(upload, FOLDER, name=name, limit=LIMIT)
    place = {"group": group, "question": question, "digest": kept.digest}
    if dossier.files.filter(**place, removed_at=None).exists():
        raise AttachedAlready(_("“%(name)s” is attached here already.") % {"name": kept.name})
    made = dossier.files.create(
        **place, name=kept.name, path=kept.path, kind=kept.kind, size=kept.size, author=actor
    )
    after = {"file": made.name, "question": question or group}
    record(actor, "dossier.file_attached", client, after=after)
    return made


@transaction.atomic
def remove_file(actor: User, client: Client, file: AnswerFile) -> AnswerFile:
    """Take a file out of the dossier; its content stays with the backups.

    Raises NotAllowed, ToolOff.
    """
    client = rules.lock_client(actor, client, "dossier.attach")
    file = AnswerFile.objects.get(pk=file.pk, dossier=rules.dossier_for(actor, client))
    file.removed_at = timezone.now()
    file.save(update_fields=["removed_at"])
    record(actor, "dossier.file_removed", client, before={"file": file.name})
    return file


@transaction.atomic
def add_insight(
    actor: User, client: Client, *, text: str, based_on: Iterable[str] = ()
) -> InsightNote:
    """Write down what follows from answers; `based_on` are codes of answered questions.

    Raises NotAllowed, ToolOff, NothingWritten, UnknownBasis.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    said = rules.written(text, _("Write what follows from the answers."))[:LONGEST]
    codes = list(dict.fromkeys(based_on))
    basis = list(dossier.answers.current().filter(question__in=codes))
    if len(basis) != len(codes):
        raise UnknownBasis(_("An insight rests on questions that are answered. Choose among them."))
    made = dossier.insights.create(text=said, author=actor)
    made.based_on.set(basis)
    record(actor, "dossier.insight_added", client, after={"insight": said, "based_on": codes})
    return made


@transaction.atomic
def archive_insight(actor: User, client: Client, insight: InsightNote) -> InsightNote:
    """Take an insight out of the dossier; where it was cited it stays.

    Raises NotAllowed, ToolOff.
    """
    client = rules.lock_client(actor, client)
    insight = InsightNote.objects.get(pk=insight.pk, dossier=rules.dossier_for(actor, client))
    insight.archived_at = timezone.now()
    insight.save(update_fields=["archived_at"])
    record(actor, "dossier.insight_archived", client, before={"insight": insight.text})
    return insight


@transaction.atomic
def ask_own_question(
    actor: User, client: Client, *, group: str, title: str, weight: int = 2, ttl_months: int = 12
) -> OwnQuestion:
    """Add a question that only this client is asked.

    Raises NotAllowed, ToolOff, NothingWritten, UnknownQuestion, AskedAlready.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    _check_place(dossier, group, "")
    said = " ".join(rules.written(title, _("Write the question.")).split())[:300]
    if dossier.own_questions.filter(title=said, archived_at=None).exists():
        raise AskedAlready(_("“%(title)s” is asked already.") % {"title": said})
    made = OwnQuestion(
        dossier=dossier,
        group=group,
        title=said,
        weight=min(max(weight, 1), 3),
        ttl_months=min(max(ttl_months, 1), 120),
        author=actor,
    )
    made.save()
    record(actor, "dossier.own_question_asked", client, after={"question": said})
    return made


@transaction.atomic
def drop_own_question(actor: User, client: Client, code: str) -> OwnQuestion:
    """Stop asking one's own question; its answers stay in the history.

    Raises NotAllowed, ToolOff, UnknownQuestion.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    number = code.removeprefix(OWN)
    asked_ones = dossier.own_questions.filter(archived_at=None)
    found = asked_ones.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None or not code.startswith(OWN):
        raise rules.UnknownQuestion(_("Only the client's own questions can be taken out here."))
    found.archived_at = timezone.now()
    found.save(update_fields=["archived_at"])
    record(actor, "dossier.own_question_dropped", client, before={"question": found.title})
    return found


@transaction.atomic
def choose_packs(actor: User, client: Client, packs: Iterable[str]) -> Dossier:
    """Choose which packs of questions the client is asked in addition.

    Raises NotAllowed, ToolOff, UnknownPack.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    wanted, known = set(packs), [pack.code for pack in asked.method_of(dossier).dossier_packs]
    if wanted - set(known):
        raise UnknownPack(_("The method has no such pack. Choose one of the list."))
    before, dossier.packs = dossier.packs, [code for code in known if code in wanted]
    if before != dossier.packs:
        dossier.save(update_fields=["packs"])
        record(actor, "dossier.packs_chosen", client, before=before, after=dossier.packs)
    return dossier


@transaction.atomic
def adopt_method(actor: User, client: Client) -> Dossier:
    """Ask by the newest version of the method; answers keep what they were judged by.

    Raises NotAllowed, ToolOff, UpToDate.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    before, newest = dossier.version, methodology.current()
    if before == newest.version:
        raise UpToDate(_("This dossier asks by the newest method already."))
    dossier.version = newest.version
    known = {pack.code for pack in newest.dossier_packs}
    dossier.packs = [code for code in dossier.packs if code in known]
    dossier.save(update_fields=["version", "packs"])
    record(actor, "dossier.method_adopted", client, before=before, after=dossier.version)
    return dossier


@transaction.atomic
def cite(
    actor: User,
    client: Client,
    *,
    use: Use,
    codes: Iterable[str] = (),
    insights: Iterable[InsightNote] = (),
) -> list[Citation]:
    """Note that answers and insights were used; what was noted of the same use gives way.

    Raises NotAllowed, ToolOff.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    used: list[DossierAnswer] = list(dossier.answers.current().filter(question__in=set(codes)))
    notes = dossier.insights.filter(pk__in=[note.pk for note in insights], archived_at=None)
    in_place = {"place": Citation.Place(use.place), "ref": use.ref}
    Citation.objects.filter(answer__dossier=dossier, **in_place).delete()
    Citation.objects.filter(insight__dossier=dossier, **in_place).delete()
    common = {**in_place, "label": use.label[:250], "by": actor}
    made = [Citation(answer=answer, **common) for answer in used]
    made += [Citation(insight=note, **common) for note in notes]
    Citation.objects.bulk_create(made)
    if made:
        after = {"ref": use.ref, "questions": [answer.question for answer in used]}
        record(actor, "dossier.answers_cited", client, after=after)
    return made


def note_export(actor: User, client: Client, *, files: int) -> None:
    """Note in the journal that a dossier left the house as a file.

    Raises NotAllowed.
    """
    require(actor, "dossier.view")
    record(actor, "dossier.exported", client, after={"files": files})


def _check_place(dossier: Dossier, group: str, question: str) -> None:
    """Refuse a group or question that this client is not asked."""
    if question:
        found, _question = rules.asked_question(dossier, question)
        if found.code == group:
            return
    elif any(one.code == group for one in asked.groups_of(dossier)):
        return
    raise rules.UnknownQuestion(_("This dossier has no such group of questions."))
