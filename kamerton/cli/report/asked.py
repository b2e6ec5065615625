"""What a report is asked for: by whom, of what period, by which base."""

import argparse
import datetime as dt
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.calc.period import Month, Period
from kamerton.cli.user import person
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.segmentation import queries as segmentation
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import BusinessError

YEAR = 12
DAY = dt.timedelta(days=1)


class PeriodBackwards(BusinessError):
    """The period would end before it starts."""


class NotAYear(BusinessError):
    """The report compares years, and something else was asked for."""


class NotClosed(BusinessError):
    """The year is not over in the ledger."""


@dataclass(frozen=True)
class Asked:
    """The options of a report, read; empty ones mean what the pages show."""

    viewer: User
    base: str = ""
    since: Month | None = None
    until: Month | None = None
    as_of: dt.date | None = None
    manager: User | None = None
    limit: int = 0  # 0: all

    def period(self) -> Period:
        """The whole months that are asked for, the closed year if none are.

        Raises PeriodBackwards.
        """
        closed = ledger.closed_year(self.as_of or localdate())
        until = self.until or Month.of(closed.until)
        since = self.since or (until + (1 - YEAR) if self.until else Month.of(closed.since))
        if until < since:
            raise PeriodBackwards(
                _("The period would end (%(until)s) before it starts (%(since)s). Swap them.")
                % {"since": since, "until": until}
            )
        return Period.of_months(since, until)

    def year(self) -> Period:
        """The year that is asked for, for reports that compare whole years.

        Raises PeriodBackwards, NotAYear, NotClosed.
        """
        period = self.period()
        if len(period.months()) != YEAR:
            raise NotAYear(_("This report is of twelve months. Give --to alone, or --as-of."))
        closed = ledger.closed_year(localdate())
        if period.until > closed.until:
            raise NotClosed(
                _("The last month that is whole in the ledger is %(month)s. Ask up to it.")
                % {"month": Month.of(closed.until)}
            )
        return period

    @property
    def day(self) -> dt.date:
        """The day from which the year asked for is the closed one."""
        return self.year().until + DAY

    @property
    def is_recomputed(self) -> bool:
        """True if the year asked for is the one that the pages show."""
        year, restatement = self.year(), segmentation.current_restatement()
        known = restatement and (restatement.since, restatement.until)
        return known == (year.since, year.until)

    def shown(self, count: int) -> int:
        """How many of `count` rows are printed."""
        return min(count, self.limit) if self.limit else count


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that narrow a report."""
    bases = ("revenue", "gross_profit", "cash")
    parser.add_argument("--base", choices=bases, default="", help=_("the method's if not given"))
    parser.add_argument("--from", dest="since", type=month, metavar="DAY", help=_("first month"))
    parser.add_argument("--to", dest="until", type=month, metavar="DAY", help=_("last month"))
    parser.add_argument(
        "--as-of", type=day, metavar="DAY", help=_("as on this day: the year closed then")
    )
    parser.add_argument("--manager", metavar="EMAIL", help=_("only this manager's clients"))
    parser.add_argument(
        "--limit", type=count, default=20, metavar="N", help=_("rows to print, 0 is all")
    )
    parser.add_argument("--as", dest="viewer", metavar="EMAIL", help=_("as this person sees it"))


def asked(options: argparse.Namespace) -> Asked:
    """Read the options.

    Raises NoSuchPerson.
    """
    return Asked(
        viewer=person(options.viewer) if options.viewer else system_user(),
        base=options.base,
        since=options.since,
        until=options.until,
        as_of=options.as_of,
        manager=person(options.manager) if options.manager else None,
        limit=options.limit,
    )


def day(text: str) -> dt.date:
    """Read a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("a day is written 2026-10-31, got “%(text)s”") % {"text": text}
        ) from None


def month(text: str) -> Month:
    """Read a month, or the month of a day."""
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(day(text))


def count(text: str) -> int:
    """Read how many."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(_("a number from 0 is wanted, got “%s”") % text)
    return int(text)
