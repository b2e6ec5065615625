"""The interview day: slots with seats, who is invited, how many will come, what is at risk."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from kamerton.calc.show_rate import (
    GroupPlan,
    InvitationChoice,
    SeatCosts,
    StreamPlan,
    best_invitations,
    group_invitations,
    show_pmf,
    slot_risk,
    stream_invitations,
)
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from kamerton.domain.hiring.models.sessions import SessionQuerySet
from kamerton.domain.hiring.queries.show import likely, show_rates
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User, token_digest
from kamerton.platform.audit.queries import midnight

NAN = float("nan")


@dataclass(frozen=True)
class SlotPlan:
    """Slots of one or more days: from `opens` to `closes`, without the breaks."""

    since: dt.date
    until: dt.date
    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(18)
    minutes: int = 30
    breaks: tuple[tuple[dt.time, dt.time], ...] = ((dt.time(13), dt.time(14)),)
    weekends: bool = False

    def slots(self) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Yield the beginning and the end of each slot, in the company's time zone."""
        day = self.since
        while day <= self.until:
            if self.weekends or day.weekday() < 5:
                yield from self._of(day)
            day += dt.timedelta(days=1)

    def _of(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        length, start = dt.timedelta(minutes=self.minutes), _at(day, self.opens)
        while start + length <= _at(day, self.closes):
            pause = next((to for a, to in self.breaks if self._meets(day, start, a, to)), None)
            if pause is None:
                yield start, start + length
                start += length
            else:
                start = _at(day, pause)

    def _meets(self, day: dt.date, start: dt.datetime, since: dt.time, until: dt.time) -> bool:
        length = dt.timedelta(minutes=self.minutes)
        return start < _at(day, until) and start + length > _at(day, since)


@dataclass(frozen=True)
class SlotState:
    """A slot with the people invited and what to expect; probabilities from 0 to 1."""

    session: InterviewSession
    invited: list[Invitation]
    rates: list[float]
    came: int
    expected: float
    nobody: float
    overfull: float
    quantiles: tuple[int, int, int]  # 10, 50 and 90 of 100 cases
    distribution: list[float] = field(default_factory=list)

    @property
    def free(self) -> int:
        """How many may still be invited."""
        return max(self.session.allowed - len(self.invited), 0)


def sessions(
    viewer: User, vacancy: Vacancy | None = None, *, since: dt.date, until: dt.date
) -> SessionQuerySet:
    """Sessions of the days that `viewer` may see, those called off too (1 query)."""
    found: SessionQuerySet = InterviewSession.objects.visible_to(viewer)
    days = {
        "starts_at__gte": midnight(since),
        "starts_at__lt": midnight(until + dt.timedelta(days=1)),
    }
    found = found.filter(**days).select_related("vacancy")
    return found.filter(vacancy=vacancy) if vacancy else found


def interview_day(viewer: User, day: dt.date, vacancy: Vacancy | None = None) -> list[SlotState]:
    """The slots of a day with their risks (4 queries for any number of slots and people)."""
    found = sessions(viewer, vacancy, since=day, until=day).filter(cancelled_at=None)
    return _states(viewer, list(_with_people(found)))


def slot_state(viewer: User, pk: int) -> SlotState | None:
    """One session with its people and risks, if `viewer` may see it (4 queries)."""
    found = InterviewSession.objects.visible_to(viewer).filter(pk=pk).select_related("vacancy")
    states = _states(viewer, list(_with_people(found)))
    return states[0] if states else None


def session_days(
    viewer: User, vacancy: Vacancy | None = None, *, since: dt.date, until: dt.date
) -> list[dt.date]:
    """The days that have sessions, in order (1 query)."""
    found = sessions(viewer, vacancy, since=since, until=until).filter(cancelled_at=None)
    return [moment.date() for moment in found.order_by().datetimes("starts_at", "day")]


def coming_sessions(viewer: User, vacancy: Vacancy) -> QuerySet[InterviewSession]:
    """Sessions to come of a vacancy, `taken` seats counted, the nearest first (1 query)."""
    seats = Count("invitations", filter=Q(invitations__state__in=Invitation.TAKES_A_SEAT))
    found = InterviewSession.objects.visible_to(viewer).filter(
        vacancy=vacancy, starts_at__gt=timezone.now(), cancelled_at=None
    )
    return found.annotate(taken=seats).order_by("starts_at", "pk")


def called_off(viewer: User, slots: Sequence[SlotState]) -> dict[int, list[Invitation]]:
    """Who called off in time, by session (1 query)."""
    seen = InterviewSession.objects.visible_to(viewer)
    found: dict[int, list[Invitation]] = {slot.session.pk: [] for slot in slots}
    gone = Invitation.objects.filter(
        session__in=list(found), session_id__in=seen.values("pk"), state=Invitation.State.CANCELLED
    )
    for one in gone.select_related("application__candidate"):
        found[one.session_id or 0].append(one)
    return found


def invitation(viewer: User, pk: int) -> Invitation | None:
    """One invitation, if `viewer` may see its candidate (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = Invitation.objects.filter(pk=pk, application__in=seen)
    joined = ("session__vacancy", "application__candidate", "application__vacancy")
    return found.select_related(*joined).first()


def invitations_of(viewer: User, application: Application) -> QuerySet[Invitation]:
    """All invitations of a candidate, the newest first (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = Invitation.objects.filter(application=application, application__in=seen)
    return found.select_related("session", "application__candidate").order_by("-sent_at", "-pk")


def waiting_to_choose(viewer: User, vacancy: Vacancy) -> QuerySet[Invitation]:
    """Invited people of a vacancy who chose no time yet (1 query)."""
    seen = Application.objects.visible_to(viewer).filter(vacancy=vacancy)
    found = Invitation.objects.filter(application__in=seen, session=None, state__in=Invitation.LIVE)
    return found.select_related("application__candidate")


def stream_plan(viewer: User, *, capacity: int = 1) -> StreamPlan:
    """How many to invite to a stream slot, by the rate learned (1 query)."""
    return stream_invitations(capacity, show_rates(viewer).overall)


def group_plan(viewer: User, *, seats: int, session: InterviewSession | None = None) -> GroupPlan:
    """How many (more) to invite to a group, by the risk of the method (≤ 2 queries)."""
    rates = _rates(viewer, _seated(session)) if session else []
    risk = methodology.current().hiring.group_risk
    return group_invitations(seats, show_rates(viewer).overall, invited=rates, risk=risk)


def cheapest_invitations(
    viewer: User, session: InterviewSession, pool: Sequence[Application], *, costs: SeatCosts
) -> InvitationChoice:
    """How many of the pool to invite, in the order given, at the least cost (≤ 3 queries)."""
    lead = _lead(session.starts_at, timezone.now())
    channels = [channel_of(one) for one in pool]
    rates = likely(viewer, channels, [float(lead)] * len(pool))
    invited = _rates(viewer, _seated(session))
    return best_invitations(rates, session.capacity, costs, invited=invited)


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind a personal link, whatever its state (1 query)."""
    found = Invitation.objects.filter(digest=token_digest(token))
    return found.select_related(
        "session", "application__vacancy", "application__candidate", "application__source"
    ).first()


def free_sessions(invitation: Invitation) -> QuerySet[InterviewSession]:
    """Slots to come of the vacancy that take one more, the nearest first (1 query)."""
    seats = Count("invitations", filter=Q(invitations__state__in=Invitation.TAKES_A_SEAT))
    found = InterviewSession.objects.filter(
        vacancy=invitation.application.vacancy_id, starts_at__gt=timezone.now(), cancelled_at=None
    ).annotate(taken=seats)
    return found.filter(taken__lt=F("allowed")).order_by("starts_at", "pk")


def reminders_due(viewer: User, *, now: dt.datetime | None = None) -> QuerySet[Invitation]:
    """Invitations whose session is near and who were not reminded yet (1 query)."""
    moment = now or timezone.now()
    ahead = moment + dt.timedelta(hours=methodology.current().hiring.remind_hours)
    if not viewer.may("hiring.recruit"):
        return Invitation.objects.none()
    return Invitation.objects.filter(
        state__in=Invitation.LIVE,
        reminded_at=None,
        session__cancelled_at=None,
        session__starts_at__gt=moment,
        session__starts_at__lte=ahead,
    ).select_related("session", "application__candidate", "application__vacancy")


def channel_of(application: Application) -> str:
    """By what way the person was found: what the show rate is learned by."""
    return application.source.name if application.source else ""


def _with_people(found: SessionQuerySet) -> QuerySet[InterviewSession]:
    taking = Invitation.objects.filter(state__in=Invitation.TAKES_A_SEAT)
    joined = taking.select_related("application__candidate", "application__source")
    seated = Prefetch("invitations", queryset=joined, to_attr="seated")
    return found.prefetch_related(seated, "interviewers")


def _states(viewer: User, slots: Sequence[InterviewSession]) -> list[SlotState]:
    seated: list[list[Invitation]] = [list(getattr(slot, "seated")) for slot in slots]  # noqa: B009
    every = [one for people in seated for one in people]
    known = iter(_rates(viewer, every))
    rates = [[next(known) for _one in people] for people in seated]
    if not slots:
        return []
    width = max(1, *(len(row) for row in rates))
    table = np.array([row + [NAN] * (width - len(row)) for row in rates])
    risk = slot_risk(table, [slot.capacity for slot in slots])
    pmf = show_pmf(table)
    return [
        SlotState(
            session=slot,
            invited=seated[at],
            rates=rates[at],
            came=sum(one.state in Invitation.SHOWED for one in seated[at]),
            expected=float(risk.expected[at]),
            nobody=float(risk.nobody[at]),
            overfull=float(risk.overfull[at]),
            quantiles=(
                int(risk.quantiles[at, 0]),
                int(risk.quantiles[at, 1]),
                int(risk.quantiles[at, 2]),
            ),
            distribution=pmf[at, : len(rates[at]) + 1].tolist(),
        )
        for at, slot in enumerate(slots)
    ]


def _rates(viewer: User, people: Sequence[Invitation]) -> list[float]:
    """How likely each comes; who is checked in already is certain."""
    guessed = likely(
        viewer,
        [one.channel for one in people],
        [NAN if one.lead_days is None else float(one.lead_days) for one in people],
    )
    certain = {**dict.fromkeys(Invitation.SHOWED, 1.0), Invitation.State.NO_SHOW: 0.0}
    return [
        certain.get(one.state, rate)  # type: ignore[call-overload]
        for one, rate in zip(people, guessed, strict=True)
    ]


def _seated(session: InterviewSession | None) -> list[Invitation]:
    if session is None:
        return []
    return list(session.invitations.filter(state__in=Invitation.TAKES_A_SEAT))


def _lead(starts_at: dt.datetime, now: dt.datetime) -> int:
    return max((timezone.localdate(starts_at) - timezone.localdate(now)).days, 0)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
