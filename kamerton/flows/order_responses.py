"""Answers from hh.ru are brought in in the background, one work a vacancy at a time."""

import re

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from kamerton.domain.hiring.models import Vacancy
from kamerton.flows.bring_responses import bring_responses
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.platform.headhunter import headhunter
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs.models import Job
from kamerton.platform.jobs.progress import Reporter, current_job_id

TITLE = gettext_noop("Answers from hh.ru")
NUMBER = re.compile(r"(?:^|/vacancy/)(\d{1,12})(?:$|[/?#])")


class NoNumber(BusinessError):
    """A vacancy of the site is named by its number or its link."""


@task
def bring(vacancy_id: int, actor_id: int, number: str) -> int:
    """Bring answers in; return how many people are new."""
    vacancy, actor = Vacancy.objects.get(pk=vacancy_id), User.objects.get(pk=actor_id)
    reporter = Reporter(current_job_id())
    stages: list[str] = []

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage not in stages:
            stages.append(stage)
            reporter.stage(stage, total)
        reporter.advance(done)

    found = bring_responses(actor, vacancy, number=number, site=headhunter(), tell=tell)
    return found.made


@transaction.atomic
def order_responses(actor: User, vacancy: Vacancy, *, named: str) -> Job:
    """Queue the work; one that is under way for this vacancy is returned.

    Raises NotAllowed, NotConnected, NoNumber, VacancyOver.
    """
    require(actor, "hiring.recruit")
    headhunter()
    number = NUMBER.search(named.strip())
    if number is None:
        raise NoNumber(_("Write the number of the vacancy at hh.ru, or its link."))
    args = [vacancy.pk, actor.pk, number[1]]
    alike = Job.objects.filter(task=bring.module_path, args__0=vacancy.pk)
    running = alike.filter(status__in=(Job.Status.QUEUED, Job.Status.RUNNING)).first()
    return running or jobs.start(
        actor, bring, *args, title=TITLE, subject=f"{vacancy.title} · {number[1]}"
    )
