"""The product's application, telling in a header how long it worked and how often it asked."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamerton.settings")
from django.db import connection

from kamerton.wsgi import application as product


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the product does, with `Server-Timing: app;dur=…` and the number of queries."""
    began, cpu, asked = time.perf_counter(), time.thread_time(), [0]

    def count(execute: Any, *arguments: Any) -> Any:
        asked[0] += 1
        return execute(*arguments)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        wall = 1000 * (time.perf_counter() - began)
        used = 1000 * (time.thread_time() - cpu)
        told = f"app;dur={wall:.2f}, cpu;dur={used:.2f}, queries;dur={asked[0]}"
        return start_response(status, [*headers, ("Server-Timing", told)], *rest)

    with connection.execute_wrapper(count):
        return product(environ, start)
