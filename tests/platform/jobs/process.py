"""A process that works on the queue: python -m tests.platform.jobs.process {put, work} …"""

import datetime as dt
import signal
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from kamerton.platform.jobs import worker  # noqa: E402
from tests.platform.jobs import work  # noqa: E402


@transaction.atomic
def put(folder: str, count: int, deadly: int) -> None:
    for number in range(count):
        work.leave_mark.enqueue(folder, number, deadly)


def run(seconds: float) -> None:
    stop = worker.Stop()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop, lease=dt.timedelta(seconds=seconds), poll=0.1)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["put", folder, count, deadly]:
            put(folder, int(count), int(deadly))
        case ["work", seconds]:
            run(float(seconds))
