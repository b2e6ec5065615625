"""The company's register of key clients: proposed by criteria, decided by people, reviewed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.actions.flags import keep_flags
from kamerton.domain.segmentation.actions.newcomers import require_experienced_holder
from kamerton.domain.segmentation.models import CompanyKey, KeyDecision, Restatement, Standing
from kamerton.domain.segmentation.queries.capacity import capacity
from kamerton.domain.segmentation.queries.snapshots import inputs_of
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State, Verdict = CompanyKey.State, KeyDecision.Verdict


class NothingComputed(BusinessError):
    """There are no standings yet to judge clients by."""


class ReasonMissing(BusinessError):
    """A proposal by hand comes with a reason."""


class InRegister(BusinessError):
    """The client is proposed or decided already."""


class MinutesMissing(BusinessError):
    """A decision without minutes is no decision."""


class WrongSponsor(BusinessError):
    """The sponsor is nobody of the top management."""


class NotWaiting(BusinessError):
    """The entry is in another state than the decision needs."""


class StillKey(BusinessError):
    """The client has not failed the criteria long enough to be removed."""


@transaction.atomic
def propose_company_keys(actor: User) -> list[CompanyKey]:
    """Propose every client that passes any criterion; bring waiting proposals up to date.

    A client rejected within the year is proposed again only for a criterion that was not weighed
    then. What is below the capacity line is marked, not left out.

    Raises NotAllowed, NothingComputed.
    """
    require(actor, "segmentation.propose_company_key")
    restatement = _restatement()
    Restatement.objects.select_for_update().get(pk=restatement.pk)  # one proposer at a time
    passing = list(
        restatement.standings.exclude(passed="")
        .filter(client__archived_at=None, client__merged_into=None)
        .select_related("client")
        .order_by("-kci", "place")
    )
    waiting = {key.client_id: key for key in CompanyKey.objects.open()}
    rejected = _rejected(restatement)
    made = [
        _proposal(actor, standing, restatement)
        for standing in passing
        if standing.client_id not in waiting
        and set(standing.passed_codes) - rejected.get(standing.client_id, set())
    ]
    CompanyKey.objects.bulk_create(made, batch_size=500)
    _refresh(list(waiting.values()), restatement)
    _mark_capacity()
    if made:
        record(actor, "segmentation.company_keys_proposed", after={"count": len(made)})
    return made


@transaction.atomic
def propose_company_key(actor: User, client: Client, *, reason: str) -> CompanyKey:
    """Propose one client by hand, for a reason that no criterion shows.

    Raises NotAllowed, ReasonMissing, InRegister, NothingComputed, Client.DoesNotExist.
    """
    require(actor, "segmentation.propose_company_key")
    client = Client.objects.visible_to(actor).present().get(pk=client.pk)
    client = Client.objects.select_for_update().get(pk=client.pk)
    if not reason.strip():
        raise ReasonMissing(_("Write why the company should count this client as key."))
    if client.company_keys.open().exists():
        raise InRegister(_("This client is in the company's register already."))
    restatement = _restatement()
    standing = restatement.standings.filter(client=client).first()
    key = _proposal(actor, standing or Standing(client=client), restatement)
    key.reason = reason.strip()
    key.save()
    record(actor, "segmentation.company_key_proposed", client, reason=key.reason)
    _mark_capacity()
    key.refresh_from_db()
    return key


@transaction.atomic
def decide_company_key(
    actor: User, key: CompanyKey, *, verdict: str, minutes: str, sponsor: User | None = None
) -> CompanyKey:
    """Confirm or reject a proposal; without a sponsor named the one who decides is it.

    Raises NotAllowed, MinutesMissing, NotWaiting, WrongSponsor, NewcomerHasNoKeys.
    """
    key = _locked(actor, key, minutes)
    if key.state != State.PROPOSED:
        raise NotWaiting(_("Only a proposal can be decided. This one is decided already."))
    if verdict not in (Verdict.CONFIRM, Verdict.REJECT):
        raise NotWaiting(_("Confirm the proposal or reject it."))
    if sponsor and not set(sponsor.roles) & {Role.OWNER, Role.HEAD_OF_SALES}:
        raise WrongSponsor(_("The sponsor must be an owner or a head of sales."))
    confirmed = verdict == Verdict.CONFIRM
    if confirmed:
        require_experienced_holder(key.client)
    key.state = State.CONFIRMED if confirmed else State.REJECTED
    key.sponsor = (sponsor or actor) if confirmed else None
    key.valid_until = _year_on() if confirmed else None
    return _decided(actor, key, verdict, minutes)


@transaction.atomic
def renew_company_key(actor: User, key: CompanyKey, *, minutes: str) -> CompanyKey:
    """Keep a client in the register for another year, judged by today's figures.

    Raises NotAllowed, MinutesMissing, NotWaiting.
    """
    key = _locked(actor, key, minutes)
    if key.state not in CompanyKey.IN_FORCE:
        raise NotWaiting(_("Only a client in the register can be renewed."))
    restatement = _restatement()
    standing = restatement.standings.filter(client_id=key.client_id).first()
    if standing:
        _judge(key, standing, restatement)
    key.state, key.valid_until = State.CONFIRMED, _year_on()
    return _decided(actor, key, Verdict.RENEW, minutes)


@transaction.atomic
def remove_company_key(actor: User, key: CompanyKey, *, minutes: str) -> CompanyKey:
    """Take a client out of the register after it failed all criteria long enough.

    Raises NotAllowed, MinutesMissing, NotWaiting, StillKey.
    """
    key = _locked(actor, key, minutes)
    if key.state not in CompanyKey.IN_FORCE:
        raise NotWaiting(_("Only a client in the register can be removed."))
    needed = methodology.current().review.failed_half_years
    if key.failed_half_years < needed:
        raise StillKey(
            _(
                "A client leaves the register after failing all criteria %(needed)d half-years "
                "in a row; so far %(failed)d. Until then renew it or wait."
            )
            % {"needed": needed, "failed": key.failed_half_years}
        )
    key.state = State.REMOVED
    return _decided(actor, key, Verdict.REMOVE, minutes)


@transaction.atomic
def review_company_keys(actor: User, *, on: dt.date) -> int:
    """Call for the yearly review where it is due, and count half-years of failing, each once.

    Returns how many entries changed. Raises NotAllowed, NothingComputed.
    """
    require(actor, "segmentation.propose_company_key")
    restatement = _restatement()
    half = half_year_end(restatement.until)
    passing = set(
        restatement.standings.exclude(passed="")
        .filter(client__company_keys__state__in=CompanyKey.IN_FORCE)
        .values_list("client_id", flat=True)
    )
    changed = 0
    for key in CompanyKey.objects.in_force().select_for_update(of=("self",)):
        changed += _review(key, passes=key.client_id in passing, half=half, on=on)
    return changed


def half_year_end(day: dt.date) -> dt.date:
    """Return the last day of the last half-year that is over on `day`."""
    for month in (Month.of(day), Month(day.year, 6), Month(day.year - 1, 12)):
        if month.month in (6, 12) and month.last_day <= day:
            return month.last_day
    return Month(day.year - 1, 12).last_day


def _review(key: CompanyKey, *, passes: bool, half: dt.date, on: dt.date) -> bool:
    before = (key.state, key.failed_half_years, key.counted_on)
    started = key.counted_on or key.decided_on
    if started is None or started < half:
        key.failed_half_years = 0 if passes else key.failed_half_years + 1
        key.counted_on = half
    elif passes:
        key.failed_half_years = 0
    if key.state == State.CONFIRMED and key.valid_until and key.valid_until < on:
        key.state = State.REVIEW_DUE
    changed = before != (key.state, key.failed_half_years, key.counted_on)
    if changed:
        key.save(update_fields=["state", "failed_half_years", "counted_on"])
    return changed


def _restatement() -> Restatement:
    found = current_restatement()
    if found is None:
        raise NothingComputed(_("Nothing is computed yet. Import sales, then try again."))
    return found


def _locked(actor: User, key: CompanyKey, minutes: str) -> CompanyKey:
    """Return the entry locked, for one who may decide and says why."""
    require(actor, "segmentation.decide_company_key")
    if not minutes.strip():
        raise MinutesMissing(_("Write the minutes: who decided, on what grounds."))
    return CompanyKey.objects.select_for_update(of=("self",)).get(pk=key.pk)


def _decided(actor: User, key: CompanyKey, verdict: str, minutes: str) -> CompanyKey:
    """Write the decision down and keep the client's flags true."""
    before = CompanyKey.objects.values_list("state", flat=True).get(pk=key.pk)
    key.minutes, key.decided_by, key.decided_on = minutes.strip(), actor, timezone.localdate()
    key.save()
    key.decisions.create(
        verdict=verdict,
        minutes=key.minutes,
        criteria=key.criteria,
        inputs=key.inputs,
        kci=key.kci,
        methodology_id=key.methodology_id,
        decided_by=actor,
        decided_on=key.decided_on,
    )
    record(
        *(actor, "segmentation.company_key_decided", key.client),
        before=before,
        after=key.state,
        reason=key.minutes,
    )
    keep_flags(actor, key.client)
    _mark_capacity()
    return key


def _proposal(actor: User, standing: Standing, restatement: Restatement) -> CompanyKey:
    key = CompanyKey(client=standing.client, proposed_by=actor)
    _judge(key, standing, restatement)
    return key


def _judge(key: CompanyKey, standing: Standing, restatement: Restatement) -> None:
    """Put down what the client is judged by: criteria, figures, version."""
    key.criteria, key.kci = standing.passed_codes, standing.kci
    key.inputs = inputs_of(standing, restatement)
    key.methodology_id = restatement.methodology_id


def _rejected(restatement: Restatement) -> dict[int, set[str]]:
    """Criteria for which clients were rejected within the year, by client."""
    year_ago = Month.of(restatement.as_of) + -methodology.current().review.key_months
    found: dict[int, set[str]] = {}
    entries = CompanyKey.objects.filter(
        state=State.REJECTED, decided_on__gt=year_ago.first_day
    ).values_list("client_id", "criteria")
    for client_id, criteria in entries:
        found.setdefault(client_id, set()).update(criteria)
    return found


def _refresh(open_keys: list[CompanyKey], restatement: Restatement) -> None:
    """Judge waiting proposals by the present figures; one that passes nothing now shows it."""
    waiting = [key for key in open_keys if key.state == State.PROPOSED]
    found = restatement.standings.filter(client__in=[key.client_id for key in waiting])
    standings = {standing.client_id: standing for standing in found}
    for key in waiting:
        if standing := standings.get(key.client_id):
            _judge(key, standing, restatement)
    CompanyKey.objects.bulk_update(waiting, ["criteria", "kci", "inputs", "methodology"], 200)


def _mark_capacity() -> None:
    """Mark the proposals for which the managers' caps leave no place, the weakest first."""
    room = max(0, capacity() - CompanyKey.objects.in_force().count())
    proposals = list(CompanyKey.objects.filter(state=State.PROPOSED).order_by("-kci", "pk"))
    for place, key in enumerate(proposals):
        key.over_capacity = place >= room
    CompanyKey.objects.bulk_update(proposals, ["over_capacity"], 500)


def _year_on() -> dt.date:
    """Return the day until which a decision of today holds."""
    today = timezone.localdate()
    later = Month.of(today) + methodology.current().review.key_months
    return later.first_day.replace(day=min(today.day, later.last_day.day))
