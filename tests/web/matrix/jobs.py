"""Who may open what of background work; whose job is whose is tested in tests/web/jobs."""

from tests.web.matrix.row import Row


def no_job(world, user):
    return {"pk": 0}


ROWS = [
    Row("jobs:list"),
    Row("jobs:detail", own=no_job, ok=404),
    Row("jobs:progress", own=no_job, ok=404),
    Row("jobs:cancel", method="post", own=no_job, ok=404),
    Row("jobs:retry", method="post", own=no_job, ok=404),
]
