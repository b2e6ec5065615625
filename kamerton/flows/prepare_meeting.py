"""«Подготовка к встрече»: what is known and what to ask, gathered and kept as one page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities import actions as activities
from kamerton.domain.activities import queries as deeds
from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.domain.activities.queries import BriefRow, BriefSection
from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.domain.dossier import actions as knowing
from kamerton.domain.dossier import queries as dossier
from kamerton.domain.dossier.actions import Use
from kamerton.domain.dossier.queries import DossierRow, DossierSheet
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries as segmentation
from kamerton.platform import formats
from kamerton.platform.access.models import User

ASKED = 10  # questions that one meeting bears
LOOKED_AT = 60
OPEN_SHOWN = 6


@dataclass(frozen=True)
class Question:
    """A question worth asking at this meeting; `asked_of`: who of those present may know."""

    code: str
    text: str
    state: str  # missing, stale or assumed
    said: str = ""  # the answer until now
    asked_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preparation:
    """All that a brief is made of, as it stands now."""

    sections: tuple[BriefSection, ...]
    questions: tuple[Question, ...]

    def snapshot(self) -> dict[str, Any]:
        """Return what the brief keeps."""
        return {"sections": [section.as_plain() for section in self.sections]}


@dataclass(frozen=True)
class _Known:
    """What the tools say of a client; None where a tool is off, or closed to the viewer."""

    sheet: DossierSheet | None
    picture: Picture | None


def prepare_meeting(viewer: User, activity: Activity) -> Preparation:
    """Gather who comes, what is known, what is open and what to ask (≈45 queries)."""
    client, people = activity.client, list(activity.people.all())
    known = _known(viewer, client)
    sections = [
        BriefSection(_("Who comes"), tuple(_participants(people, known.picture))),
        BriefSection(_("Figures"), tuple(_figures(viewer, client))),
        BriefSection(_("Open between us"), tuple(_open_items(viewer, activity))),
        BriefSection(_("What the client needs"), tuple(_needs(viewer, client))),
        *_of_dossier(viewer, client, known.sheet),
        *_of_centre(people, known.picture),
    ]
    return Preparation(
        sections=tuple(section for section in sections if section.rows),
        questions=tuple(_questions(people, known)),
    )


@transaction.atomic
def keep_preparation(
    actor: User, activity: Activity, *, goal: str, expected: str = "", codes: Iterable[str] = ()
) -> MeetingBrief:
    """Keep the brief with what is known now; the dossier notes which of its answers were used.

    `codes` are those of the questions to ask. Raises what activities.keep_brief raises.
    """
    found, chosen = prepare_meeting(actor, activity), set(codes)
    brief = activities.keep_brief(
        actor,
        activity,
        goal=goal,
        expected=expected,
        questions=[
            {"code": one.code, "text": one.text} for one in found.questions if one.code in chosen
        ],
        snapshot=found.snapshot(),
    )
    _note_use(actor, activity, found)
    return brief


def _known(viewer: User, client: Client) -> _Known:
    tools = methodology.current().tools
    sheet = None
    if tools.dossier and viewer.may("dossier.view"):
        sheet = dossier.dossier_sheet(viewer, client)
    centre = buying_centre.centre(viewer, client) if tools.buying_centre else None
    return _Known(sheet, buying_centre.picture(viewer, centre) if centre else None)


def _participants(people: list[ContactPerson], picture: Picture | None) -> Iterator[BriefRow]:
    seats = _seats(picture)
    for person in people:
        seat = seats.get(person.pk)
        if seat is None or picture is None:
            yield BriefRow(person.full_name, person.position, "", "mute")
            continue
        member = seat.member
        said = [
            person.position,
            ", ".join(picture.role_title(code) for code in member.roles),
            _("influence %(n)d of 5") % {"n": member.influence},
            str(member.get_attitude_display()).lower(),
        ]
        matters = "; ".join(text for text in (member.results, member.wins) if text)
        yield BriefRow(person.full_name, ", ".join(filter(None, said)), matters, _mood(seat))


def _mood(seat: Seat) -> str:
    attitude = seat.member.attitude
    return "ok" if attitude > 0 else "bad" if attitude < 0 else "mute"


def _figures(viewer: User, client: Client) -> Iterator[BriefRow]:
    if not ledger.sees_money(viewer, client):
        return
    standing = segmentation.standing_of(viewer, [client.pk]).get(client.pk)
    if standing is None:
        return
    growth = standing.growth
    note = _("%(growth)s in a year") % {"growth": formats.percent(growth, plus=True)}
    falls = growth is not None and growth < 0
    yield BriefRow(
        _("Revenue, 12 months"),
        formats.money(standing.revenue),
        note if growth is not None else "",
        "warn" if falls else "",
    )
    if standing.gross_profit is not None:
        yield BriefRow(_("Gross profit"), formats.money(standing.gross_profit))
    if standing.wallet:
        yield BriefRow(_("Buys in all, a year"), formats.money(standing.wallet), _("estimate"))
    if standing.last_on:
        yield BriefRow(_("Last shipment"), formats.day(standing.last_on))


def _open_items(viewer: User, activity: Activity) -> Iterator[BriefRow]:
    on = timezone.localdate()
    waiting = deeds.open_activities(viewer, activity.client).exclude(pk=activity.pk)
    for one in waiting[:OPEN_SHOWN]:
        late = one.days_late(on)
        state = "bad" if late else ""
        yield BriefRow(one.title, formats.day(one.due_on), one.owner.short_name, state)


def _needs(viewer: User, client: Client) -> Iterator[BriefRow]:
    for need in deeds.needs(viewer, client, state=ClientNeed.State.OPEN)[:OPEN_SHOWN]:
        heard = need.heard_from.full_name if need.heard_from else ""
        yield BriefRow(need.text, formats.day(need.heard_on), heard)


def _of_dossier(viewer: User, client: Client, sheet: DossierSheet | None) -> list[BriefSection]:
    """What the dossier says; what it does not is among the questions."""
    if sheet is None:
        return []
    asked = {str(row.question.title) for row in sheet.rows if row.answer is None}
    found = dossier.snapshot_for_brief(viewer, client)
    return [part for part in found if not {row.label for row in part.rows} & asked]


def _of_centre(people: list[ContactPerson], picture: Picture | None) -> list[BriefSection]:
    """Who does not come and matters: the influential, and roles that nobody plays."""
    if picture is None:
        return []
    coming = {person.pk for person in people}
    absent = [
        seat for seat in picture.present if seat.wants_step and seat.member.contact_id not in coming
    ]
    absent.sort(key=lambda seat: -seat.member.influence)
    others = [seat.member.contact for seat in absent[:OPEN_SHOWN]]
    rows = [*_participants(others, picture)]
    rows += [
        BriefRow(picture.role_title(code), _("nobody yet"), "", "bad")
        for code in picture.figures.missing_roles
    ]
    return [BriefSection(_("Who else decides"), tuple(rows))]


def _questions(people: list[ContactPerson], known: _Known) -> list[Question]:
    """What is missing, old or assumed and known to those present; without roles, what weighs."""
    if known.sheet is None:
        return []
    who: dict[str, list[str]] = {}
    seats = _seats(known.picture)
    for person in people:
        for role in seats[person.pk].member.roles if person.pk in seats else ():
            who.setdefault(role, []).append(person.full_name)
    rows = dossier.questions_to_ask(known.sheet, limit=LOOKED_AT)
    theirs = [row for row in rows if row.question.known_by in who]
    anybody = [row for row in rows if not row.question.known_by]
    fitting = (theirs + anybody) if who else rows
    return [_question(row, who) for row in fitting[:ASKED]]


def _question(row: DossierRow, who: dict[str, list[str]]) -> Question:
    return Question(
        code=row.code,
        text=str(row.question.title),
        state="assumed" if row.state == "assumed" else "stale" if row.is_stale else "missing",
        said=row.answer.text if row.answer else "",
        asked_of=tuple(who.get(row.question.known_by, ())),
    )


def _seats(picture: Picture | None) -> dict[int, Seat]:
    return {seat.member.contact_id: seat for seat in picture.present} if picture else {}


def _note_use(actor: User, activity: Activity, found: Preparation) -> None:
    client = activity.client
    sheet = _known(actor, client).sheet
    writes = actor.may("dossier.edit") and deeds.may_write(actor, client)
    if sheet is None or sheet.dossier is None or not writes:
        return
    rows = [row for part in found.sections for row in part.rows]
    shown = {row.label for row in rows} | {row.value for row in rows}
    answered = [row for row in sheet.rows if row.answer is not None]
    knowing.cite(
        actor,
        client,
        use=Use("brief", f"activity:{activity.pk}", activity.title),
        codes=[row.code for row in answered if str(row.question.title) in shown],
        insights=[note for note in dossier.insights(actor, client) if note.text in shown],
    )
