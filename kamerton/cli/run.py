"""Start everything on this machine: database, web server, background worker."""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import installation, output
from kamerton.platform.backup import presence
from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs.worker import Stop

ABOUT = gettext_lazy("Start Kamerton on this machine: web server and background jobs.")
EXAMPLE = "kamerton run --port 8000"
GRACE = 15.0  # seconds that a process has to end by itself


class PortTaken(BusinessError):
    """Another program listens there."""


class Ended(BusinessError):
    """One of the processes ended by itself, so the other was stopped."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on"))
    parser.add_argument("--port", type=int, default=8000, help=_("port to listen on"))
    parser.add_argument("--workers", type=int, default=2, help=_("web server processes"))


def run(options: argparse.Namespace) -> int:
    """Start both processes, say where Kamerton is, and stop both when asked or when one ends."""
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    require_free(options.host, options.port)
    with presence.held():
        installation.bring_up_to_date()
        for warning in checks.run_checks(tags=["kamerton"]):
            output.note(warning.msg)
        return serve(options, stop)


def serve(options: argparse.Namespace, stop: Stop) -> int:
    """Run the processes until asked to stop.

    Raises Ended.
    """
    processes = [start(web(options))]
    told = False
    try:
        while not stop.is_set() and all(process.poll() is None for process in processes):
            if not told and answers(options):
                told = True
                tell(options)  # the jobs start after the first page: it need not wait for them
                processes.append(start([sys.executable, "-m", "kamerton", "worker"]))
            stop.wait(0.5 if told else 0.05)
    finally:
        end(processes)
    if not stop.is_set():
        raise Ended(_("A part of Kamerton ended by itself, so all of it was stopped."))
    return 0


def web(options: argparse.Namespace) -> list[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "kamerton.server"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", str(options.workers)),
    ]


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that Ctrl+C reaches it through us only."""
    root = str(settings.BASE.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    env = os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "kamerton.settings"}
    return subprocess.Popen(command, env=env, cwd=Path(root), start_new_session=True)  # noqa: S603


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, then end those that do not, and what a killed one left behind."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + GRACE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):  # its session is empty, as it should be
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def require_free(host: str, port: int) -> None:
    """Refuse a port where somebody listens.

    Raises PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                _("Kamerton cannot listen on %(host)s:%(port)s (%(error)s). Choose another --port.")
                % {"host": host, "port": port, "error": error.strerror}
            ) from error


def answers(options: argparse.Namespace) -> bool:
    """Tell whether the web server answers."""
    connection = http.client.HTTPConnection(reachable(options.host), options.port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    """Return an address at which this machine reaches itself."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def tell(options: argparse.Namespace) -> None:
    """Say where Kamerton is."""
    host = reachable(options.host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{options.port}/"
    output.show(options, {"url": url}, [_("Kamerton is at %(url)s") % {"url": url}])
    sys.stdout.flush()
