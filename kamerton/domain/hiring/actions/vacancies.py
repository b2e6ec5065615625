"""A vacancy on its way: drafted, approved, through its stages, closed or cancelled."""

import datetime as dt
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    RECRUIT,
    Unfit,
    WrongState,
    locked_vacancy,
    require_lawful,
    require_not_over,
    require_reason,
)
from kamerton.domain.hiring.models import Application, Candidate, Vacancy
from kamerton.domain.hiring.queries.planning import planned_funnel, planned_hires
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State = Vacancy.State
CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
PROFILES: Final = ("standard", "potential")


class VacancyMore(TypedDict, total=False):
    """What a person may write of a vacancy beside its title, reason and seats."""

    role: str
    mandate: str
    route: str
    needed_by: dt.date | None
    niche: str
    region: str
    pack: str
    full_service: bool
    languages: list[dict[str, Any]]
    trip_days: int | None
    pay_low: int | None
    pay_high: int | None
    pool: int | None
    targets: list[str]
    profile: dict[str, Any]
    language: str
    rank_profile: str
    recruiter: User | None
    head: User | None


class VacancyFields(VacancyMore, total=False):
    """All that a person may write of a vacancy."""

    title: str
    reason: str
    seats: int


WRITABLE: Final = frozenset(VacancyFields.__annotations__)
AFTER_APPROVAL: Final = frozenset(  # the rest of it was approved
    {"targets", "profile", "language", "rank_profile", "recruiter", "head", "pool", "route"}
)


class NoMandate(BusinessError):
    """A vacancy without a mandate does not open."""


class NotComplete(BusinessError):
    """The vacancy lacks what cannot be approved without."""


class NobodyApprovesHisOwn(BusinessError):
    """Who drafted the vacancy does not approve it."""


@transaction.atomic
def create_vacancy(
    actor: User, *, title: str, reason: str, seats: int = 1, **more: Unpack[VacancyMore]
) -> Vacancy:
    """Draft a vacancy; it has the default must-haves of the method.

    Raises NotAllowed, Unfit, Discriminates.
    """
    require(actor, RECRUIT)
    method = methodology.current()
    vacancy = Vacancy(created_by=actor, recruiter=actor)
    vacancy.methodology = methodology.version_row(method.version)
    _write(vacancy, {"title": title, "reason": reason, "seats": seats, **more})
    vacancy.hires_planned = planned_hires(vacancy.seats, vacancy.role).hires
    vacancy.save()
    for competency in method.competencies:
        if competency.must and not competency.pack:
            vacancy.requirements.create(code=competency.code)
    _add_pack(vacancy)
    record(actor, "hiring.vacancy_created", vacancy, after={"seats": seats, "reason": reason})
    return vacancy


@transaction.atomic
def change_vacancy(actor: User, vacancy: Vacancy, **changes: Unpack[VacancyFields]) -> Vacancy:
    """Write fields anew; what was approved changes in a draft only.

    Raises NotAllowed, VacancyOver, WrongState, Unfit, Discriminates.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    given: dict[str, Any] = dict(changes)
    names = sorted(name for name in given if getattr(vacancy, name) != given[name])
    if vacancy.state != State.DRAFT and (fixed := set(names) - AFTER_APPROVAL):
        raise WrongState(
            _("After the approval this stays as it is: %(names)s. Cancel and draft anew.")
            % {"names": ", ".join(sorted(fixed))}
        )
    before = {name: _told(getattr(vacancy, name)) for name in names}
    _write(vacancy, given)
    if {"seats", "role"} & set(names):
        vacancy.hires_planned = planned_hires(vacancy.seats, vacancy.role).hires
    vacancy.save()
    if {"pack", "full_service"} & set(names):
        _add_pack(vacancy)
    after = {name: _told(getattr(vacancy, name)) for name in names}
    record(actor, "hiring.vacancy_changed", vacancy, before=before, after=after)
    return vacancy


@transaction.atomic
def plan_hires(actor: User, vacancy: Vacancy, *, hires: int) -> Vacancy:
    """Say how many to take on probation, if not as many as the arithmetic says.

    Raises NotAllowed, VacancyOver, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy, APPROVE)
    require_not_over(vacancy)
    if not vacancy.seats <= hires <= 99:
        raise Unfit(_("Hire at least as many as there are seats."))
    before, vacancy.hires_planned = vacancy.hires_planned, hires
    vacancy.funnel = planned_funnel(hires) if vacancy.is_open else {}
    vacancy.save(update_fields=["hires_planned", "funnel", "updated_at"])
    record(actor, "hiring.hires_planned", vacancy, before=before, after=hires)
    return vacancy


@transaction.atomic
def approve_vacancy(actor: User, vacancy: Vacancy, *, on: dt.date | None = None) -> Vacancy:
    """Open the search; the clock of time to hire starts.

    Raises NotAllowed, WrongState, NobodyApprovesHisOwn, NoMandate, NotComplete.
    """
    vacancy = locked_vacancy(actor, vacancy, APPROVE)
    if vacancy.state != State.DRAFT:
        raise WrongState(_("Only a draft is approved; this vacancy is further."))
    if vacancy.created_by_id == actor.pk and not actor.may("hiring.exceed"):
        raise NobodyApprovesHisOwn(_("Nobody approves his own vacancy. Ask the owner."))
    _require_complete(vacancy)
    vacancy.state, vacancy.approved_by = State.APPROVED, actor
    vacancy.approved_on = on or timezone.localdate()
    vacancy.funnel = planned_funnel(vacancy.hires_planned)
    vacancy.save()
    record(actor, "hiring.vacancy_approved", vacancy, after={"funnel": vacancy.funnel})
    return vacancy


@transaction.atomic
def advance_vacancy(actor: User, vacancy: Vacancy, *, to: str) -> Vacancy:
    """Move an open vacancy to another stage of its way, on or back.

    Raises NotAllowed, WrongState.
    """
    vacancy = locked_vacancy(actor, vacancy)
    if not vacancy.is_open or to not in Vacancy.WAY[2:-1]:
        raise WrongState(_("An approved vacancy moves between sourcing and probation."))
    before, vacancy.state = vacancy.state, to
    vacancy.save(update_fields=["state", "updated_at"])
    record(actor, "hiring.vacancy_advanced", vacancy, before=before, after=to)
    return vacancy


@transaction.atomic
def close_vacancy(actor: User, vacancy: Vacancy, *, note: str = "") -> Vacancy:
    """Close the search; with seats unfilled a word of why. Clocks of keeping data start.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    vacancy = locked_vacancy(actor, vacancy)
    if not vacancy.is_open:
        raise WrongState(_("Only an open vacancy is closed."))
    hired = vacancy.applications.filter(stage=Application.Stage.HIRED).count()
    if hired < vacancy.seats:
        note = require_reason(note, _("Not all seats are filled. Write why it is closed."))
    return _ended(actor, vacancy, State.CLOSED, note)


@transaction.atomic
def cancel_vacancy(actor: User, vacancy: Vacancy, *, reason: str) -> Vacancy:
    """Give the search up.

    Raises NotAllowed, VacancyOver, ReasonMissing.
    """
    vacancy = locked_vacancy(actor, vacancy, APPROVE)
    require_not_over(vacancy)
    return _ended(actor, vacancy, State.CANCELLED, require_reason(reason))


def _ended(actor: User, vacancy: Vacancy, state: str, note: str) -> Vacancy:
    vacancy.state, vacancy.closed_on = state, timezone.localdate()
    vacancy.closed_because = note.strip()
    vacancy.save(update_fields=["state", "closed_on", "closed_because", "updated_at"])
    vacancy.applications.update(call_due_at=None)
    _start_clocks(vacancy)
    record(actor, "hiring.vacancy_ended", vacancy, after=state, reason=note)
    return vacancy


def _start_clocks(vacancy: Vacancy) -> None:
    """Shorten how long people are kept who agreed to this vacancy only and do not work for us."""
    days = methodology.current().hiring.closed_days
    until = timezone.localdate() + dt.timedelta(days=days)
    ours = (Application.Stage.HIRED, Application.Stage.PROBATION, Application.Stage.ACCEPTED)
    there = Candidate.objects.present().filter(applications__vacancy=vacancy, keep_until__gt=until)
    alone = there.exclude(applications__stage__in=ours).exclude(
        applications__vacancy__in=Vacancy.objects.open().exclude(pk=vacancy.pk)
    )
    reserve = alone.filter(consents__purpose="reserve", consents__withdrawn_at=None)
    ids = alone.exclude(pk__in=reserve.values("pk")).values("pk")
    Candidate.objects.filter(pk__in=ids).update(keep_until=until)


def _require_complete(vacancy: Vacancy) -> None:
    if not vacancy.mandate:
        raise NoMandate(
            _(
                "Say what the person is for: hold ties, answer competitors, develop clients or"
                " find new ones. Without a mandate the vacancy does not open."
            )
        )
    missing = []
    if vacancy.needed_by is None:
        missing.append(_("the day it is needed by"))
    if vacancy.pay_low is None or vacancy.pay_high is None:
        missing.append(_("the pay band"))
    if not vacancy.requirements.filter(need="must").exists():
        missing.append(_("a must-have"))
    if missing:
        raise NotComplete(_("Add first: %(what)s.") % {"what": ", ".join(missing)})


def _write(vacancy: Vacancy, fields: dict[str, Any]) -> None:
    """Set fields and refuse what cannot be.

    Raises Unfit, Discriminates.
    """
    if unknown := set(fields) - WRITABLE:
        raise TypeError(f"a vacancy has no such fields: {sorted(unknown)}")
    require_lawful([str(fields.get("title", ""))], criterion=False)
    for name, value in fields.items():
        setattr(vacancy, name, value.strip() if isinstance(value, str) else value)
    try:
        vacancy.clean_fields(exclude=["created_by", "methodology", "recruiter", "head"])
    except ValidationError as wrong:
        said = [f"{name}: {' '.join(words)}" for name, words in wrong.message_dict.items()]
        raise Unfit(" ".join(said)) from None
    _require_sound(vacancy)


def _require_sound(vacancy: Vacancy) -> None:
    low, high = vacancy.pay_low, vacancy.pay_high
    if low is not None and high is not None and not 0 <= low <= high:
        raise Unfit(_("The pay band begins below its end."))
    if any(one.get("cefr") not in CEFR for one in vacancy.languages):
        raise Unfit(_("The level of a language is A1 to C2."))
    packs = {"", *(pack.code for pack in methodology.current().hiring_packs)}
    if vacancy.pack not in packs or vacancy.rank_profile not in PROFILES:
        raise Unfit(_("There is no such industry pack or ranking profile."))


def _add_pack(vacancy: Vacancy) -> None:
    """Add what the industry pack asks; supply with installation makes C15 a must."""
    for competency in methodology.current().competencies:
        if competency.pack and competency.pack == vacancy.pack:
            vacancy.requirements.get_or_create(code=competency.code)
    if vacancy.full_service:
        vacancy.requirements.update_or_create(
            code="C15", defaults={"need": "must", "horizon": "now"}
        )


def _told(value: Any) -> Any:
    return value.pk if isinstance(value, User) else value
