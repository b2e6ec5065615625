"""The show rate, learned from who came and who did not."""

from dataclasses import dataclass

from django.db.models import Avg, Case, Count, F, FloatField, IntegerField, Sum, Value, When
from django.db.models.functions import Floor

from kamerton.calc.show_rate import ShowFacts, ShowRates, learn_show_rates, rates_for
from kamerton.domain.hiring.models import Invitation
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up

State = Invitation.State
SETTLED = (*Invitation.SHOWED, State.NO_SHOW)
BINS = 10


@dataclass(frozen=True)
class ShowBin:
    """Invitations that were given about the same chance: what was said, what happened."""

    predicted: float
    observed: float
    n: int


@dataclass(frozen=True)
class ShowCheck:
    """What was foreseen against what happened.

    `brier`: mean squared error of the rates given at the invitation; `constant`: the same if
    everybody had been given the one rate that came true. Less is better.
    """

    bins: tuple[ShowBin, ...]
    n: int
    brier: float | None
    constant: float | None


def show_rates(viewer: User) -> ShowRates:
    """The show rate of all, by channel and lead time, from what is settled (1 query)."""
    del viewer  # a figure of the whole company
    return looked_up("hiring.show_rates", _learned)


def likely(viewer: User, channels: list[str], lead_days: list[float]) -> list[float]:
    """How likely each of the invited comes (1 query); a lead of NaN is not known."""
    if not channels:
        return []
    found: list[float] = rates_for(show_rates(viewer), channels, lead_days).rate.tolist()
    return found


def show_check(viewer: User) -> ShowCheck:
    """The rates given at the invitation against who came (1 query)."""
    if not viewer.may("hiring.view"):
        return ShowCheck((), 0, None, None)
    came = Case(
        When(state__in=Invitation.SHOWED, then=Value(1.0)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    facts = Invitation.objects.filter(state__in=SETTLED, rate__isnull=False).order_by()
    rows = list(
        facts.annotate(came=came, place=Floor(F("rate") * BINS))
        .values("place")
        .annotate(
            n=Count("pk"),
            predicted=Avg("rate"),
            showed=Sum("came"),
            error=Sum((F("rate") - F("came")) * (F("rate") - F("came"))),
        )
        .order_by("place")
    )
    total = sum(row["n"] for row in rows)
    if not total:
        return ShowCheck((), 0, None, None)
    bins = tuple(ShowBin(row["predicted"], row["showed"] / row["n"], row["n"]) for row in rows)
    share = sum(row["showed"] for row in rows) / total
    brier = sum(row["error"] for row in rows) / total
    return ShowCheck(bins, total, brier, share * (1.0 - share))


def _learned() -> ShowRates:
    came = Case(
        When(state__in=Invitation.SHOWED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = list(
        Invitation.objects.filter(state__in=SETTLED)
        .order_by()
        .values_list("channel", "lead_days", came)
        .annotate(n=Count("pk"))
    )
    facts: dict[tuple[str, int | None], list[int]] = {}
    for channel, lead, showed, n in rows:
        both = facts.setdefault((channel, lead), [0, 0])
        both[0] += n if showed else 0
        both[1] += n
    return learn_show_rates(
        ShowFacts(
            channel=[channel for channel, _lead in facts],
            lead_days=[float("nan") if lead is None else lead for _channel, lead in facts],
            shows=[both[0] for both in facts.values()],
            invites=[both[1] for both in facts.values()],
        )
    )
