"""The figures of the pages in the shell: the same queries, the same definitions."""

import argparse
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import output
from kamerton.cli.report import asked as options_of
from kamerton.cli.report import keys, money
from kamerton.cli.report.asked import Asked
from kamerton.cli.report.printed import Report
from kamerton.platform.reading import reading

ABOUT = gettext_lazy("Print what the pages show: totals, Pareto, classes, retention, who is key.")
EXAMPLE = "kamerton report pareto --base gross_profit --as-of 2026-11-21 --limit 10"
REPORTS: dict[str, Callable[[Asked], Report]] = {
    "totals": money.totals,
    "pareto": money.pareto,
    "abc": money.abc,
    "xyz": money.xyz,
    "concentration": money.concentration,
    "retention": money.retention,
    "key-accounts": keys.key_accounts,
    "manager-key": keys.manager_key,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of what."""
    parser.add_argument("report", choices=REPORTS, metavar="REPORT", help=", ".join(REPORTS))
    options_of.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print one report; nothing is changed."""
    wanted = options_of.asked(options)
    with reading():
        report = REPORTS[options.report](wanted)
    if options.report == "manager-key" and (wanted.base or wanted.since or wanted.until):
        output.note(_("A list stands as it was judged: base and period do not change it."))
    output.show(options, report.as_json(), report.lines())
    return 0
