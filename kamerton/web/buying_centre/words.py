"""The sentences and reasons of a centre's figures."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.buying_centre.queries import CentreFigures, Picture, Seat
from kamerton.platform import formats
from kamerton.web.ui.items import Input, Why

ATTITUDES = {-2: "enemy", -1: "against", 0: "neutral", 1: "for", 2: "ally"}
STATES = {"red": "bad", "amber": "warn", "green": "ok"}
STAGES = {
    "identified": lambda: _("Known of"),
    "contacted": lambda: _("Spoken with"),
    "engaged": lambda: _("Works with us"),
    "ally": lambda: _("Ally"),
    "opponent": lambda: _("Opponent"),
    "left": lambda: _("Left"),
}


def verdict(figures: CentreFigures) -> str:
    """Say in a few words what the colour of the map means."""
    return {
        "red": _("Nobody who counts is with us"),
        "amber": _("Who decides is not with us yet"),
        "green": _("Who decides is with us"),
    }[figures.colour]


def shape(figures: CentreFigures) -> str:
    """Name the shape of our threads to them."""
    return {
        "none": _("no thread"),
        "bow_tie": _("one thread: a bow-tie"),
        "pairs": _("a few threads"),
        "diamond": _("a diamond"),
    }[figures.threads.shape]


def short_name(name: str) -> str:
    """Shorten a name for a card: “Laptev A. Y.”; the surname stands first."""
    first, *others = name.split()
    return " ".join([first, *(f"{part[0]}." for part in others[:2])])


def few(names: Sequence[str], most: int = 3) -> str:
    """List names; many are cut and counted."""
    shown = ", ".join(short_name(name) for name in names[:most])
    more = len(names) - most
    return shown if more <= 0 else _("%(names)s and %(n)d more") % {"names": shown, "n": more}


def to_green(shown: Picture) -> list[str]:
    """Say what is missing to a green map, the first steps first."""
    figures, limits = shown.figures, shown.method.buying
    if figures.colour == "green" or not shown.present:
        return []
    deciding = [s for s in shown.present if {"decider", "approver"} & set(s.member.roles)]
    sentences = [
        _("Win %(name)s: now %(attitude)s.")
        % {"name": s.member.contact.full_name, "attitude": s.member.get_attitude_display()}
        for s in deciding
        if s.member.attitude < 1
    ]
    if not deciding:
        sentences.append(_("Find out who decides."))
    lack = limits.green_coverage - (figures.coverage or 0)
    if lack > 0:
        best = sorted(shown.present, key=lambda s: (s.level, -s.member.influence))[:2]
        sentences.append(
            _("Raise coverage by %(n)s points. Speak with: %(names)s")
            % {"n": round(100 * lack), "names": few([str(s.member) for s in best])}
        )
    return sentences[:3]


def next_level(seat: Seat, shown_limits: object) -> str:
    """Say what the next level of coverage asks for."""
    limits: dict[str, int] = vars(shown_limits)
    if seat.level >= 3:
        return ""
    step = seat.level + 1
    wanted = limits[f"contacts_{step}"]
    missing = max(0, wanted - seat.contacts)
    if missing:
        text = ngettext(
            "to %(step)d: %(n)d more contact", "to %(step)d: %(n)d more contacts", missing
        )
        return text % {"step": step, "n": missing}
    return _("to %(step)d: a contact within %(days)d days, in %(formats)d formats") % {
        "step": step,
        "days": limits[f"days_{step}"],
        "formats": limits["formats_3"] if step == 3 else 1,
    }


def levels(figures: CentreFigures) -> str:
    """Name the levels of management that we speak with."""
    return ", ".join(
        str(label).lower()
        for value, label in ContactPerson.Level.choices
        if value in figures.levels
    )


def whys(shown: Picture) -> dict[str, Why]:
    """The answers to “Why so?” of the strip."""
    figures, buying = shown.figures, shown.method.buying
    version = str(shown.method.version)
    weighed = [
        Input(
            str(seat.member),
            _("influence %(i)d, coverage %(level)d of 3")
            % {"i": seat.member.influence, "level": seat.level},
        )
        for seat in shown.present[:12]
    ]
    pulls = [
        Input(
            str(seat.member),
            _("influence %(i)d, %(attitude)s")
            % {"i": seat.member.influence, "attitude": seat.member.get_attitude_display()},
        )
        for seat in shown.present[:12]
    ]
    mandatory = shown.roles.set_in_force().mandatory
    roles = [
        Input(shown.role_title(code), _("nobody") if code in figures.missing_roles else _("filled"))
        for code in mandatory
    ]
    parts = (
        Input(_("Coverage"), formats.percent(figures.coverage, 1)),
        Input(_("Mandatory roles filled"), formats.percent(figures.role_completeness, 1)),
        Input(_("Influential people with a dated next step"), _steps(figures)),
    )
    index = _(
        "Coverage × %(coverage)s + roles × %(roles)s + next steps × %(steps)s, out of 100."
    ) % {
        "coverage": formats.number(buying.coverage_weight, 2),
        "roles": formats.number(buying.roles_weight, 2),
        "steps": formats.number(buying.next_steps_weight, 2),
    }
    pairs = (
        Input(_("Our people"), str(figures.threads.employees)),
        Input(_("Pairs"), str(figures.threads.pairs)),
        Input(_("Levels in touch"), levels(figures) or "—"),
    )
    threads = _(
        "Our people with two contacts or more, the last within %(days)d days, with members of"
        " influence %(key)d and more. One is a bow-tie, three pairs are a diamond."
    ) % {"days": buying.days_2, "key": buying.key_influence}
    on = shown.on
    return {
        "coverage": Why(
            _("Levels of coverage, weighed by influence, to the highest there could be."),
            weighed, on, version,
        ),
        "support": Why(_("Attitudes weighed by influence, from −1 to +1."), pulls, on, version),
        "roles": Why(_("Mandatory roles that somebody plays."), roles, on, version),
        "threads": Why(threads, pairs, on, version),
        "index": Why(index, parts, on, version),
    }  # fmt: skip


def _steps(figures: CentreFigures) -> str:
    done = figures.influential - len(figures.without_next_step)
    return _("%(n)d of %(all)d") % {"n": done, "all": figures.influential}


def source(member: Member, field: str) -> str:
    """Say where a fact is known from: “observed, 17.11”."""
    known = member.known(field)
    if not member.is_confirmed(field):
        return ""
    label = str(dict(Member.Source.choices)[known["source"]])
    on = known.get("on")
    return f"{label}, {formats.day_short(dt.date.fromisoformat(on))}" if on else label
