"""Run background jobs only; `kamerton run` starts one of these beside the web server."""

import argparse
import signal

from django.utils.translation import gettext_lazy as _

from kamerton.platform.backup import presence
from kamerton.platform.jobs import worker

ABOUT = _("Run background jobs only (kamerton run starts one by itself).")
EXAMPLE = "kamerton worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    del options
    stop = worker.Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with presence.held():
        worker.run(stop)
    return 0
