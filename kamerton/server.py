"""The web server: the application is loaded once, and the workers are forked from it."""

import argparse
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from kamerton.wsgi import application


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    server = Server(
        "kamerton.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=2,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=loaded, wrap_loader=False)


def loaded(*_target: object) -> Callable[..., Any]:
    """Return the application that this process, or the one it was forked from, has loaded."""
    return application


if __name__ == "__main__":
    main()
