"""Tasks for the tests."""

import os
import time
from pathlib import Path

from django.utils import translation
from django_tasks import TaskContext, task

from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs import progress


@task
def add(a: int, b: int) -> int:
    return a + b


@task(takes_context=True)
def who_am_i(context: TaskContext) -> list[object]:
    return [context.task_result.id, str(progress.current_job_id()), context.attempt]


@task
def explode() -> None:
    raise ValueError("no such column: 17")


@task
def refuse() -> None:
    raise BusinessError("The file is empty.")


@task
def report(rows: int) -> None:
    reporter = progress.Reporter(progress.current_job_id())
    reporter.stage("Reading the file", rows)
    for done in range(1, rows + 1):
        reporter.advance(done)


@task
def until_stopped() -> None:
    reporter = progress.Reporter(progress.current_job_id())
    reporter.stage("Waiting")
    for _ in range(600):
        reporter.stop_if_asked()
        time.sleep(0.05)


@task
def leave_mark(folder: str, number: int, deadly: int = -1) -> None:
    """Write that job `number` was run; the first run of `deadly` hangs until it is killed."""
    mark = Path(folder) / str(number)
    if number == deadly and not mark.exists():
        mark.write_text(f"{os.getpid()}\n")
        time.sleep(60)
    with mark.open("a") as file:
        file.write("done\n")


@task
def language() -> str | None:
    return translation.get_language()
