"""The vacancy opened: lists that candidates are judged by, the market, the letter, the budget."""

import datetime as dt
from collections.abc import Mapping

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import Asked, Quartiles
from kamerton.domain.hiring.models import Source, Vacancy
from kamerton.flows.make_demo.hiring import cast, words
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.platform.access.models import User

APPROVED = 24  # days before the demo's day
ROUBLES = words.ROUBLES
HH, SUPERJOB, SITE = "hh.ru", "SuperJob", "Отклики с сайта"
AGENCY, DIRECT, REFERRAL = "Агентство «Кадровый мост»", "Прямой поиск", "Рекомендации"
SOURCES = {
    HH: ("job_site", 0),
    SUPERJOB: ("job_site", 0),
    SITE: ("response", 0),
    AGENCY: ("agency", 180_000 * ROUBLES),
    DIRECT: ("direct", 0),
    REFERRAL: ("referral", 0),
}
TARGETS = [
    "ПАО «Камский завод»",
    "АО «Водоканал Прикамья»",
    "ООО «ТеплоГенерация»",
    "АО «Гидромаш»",
]
BUDGET = (  # item, planned and spent in roubles, source
    ("Доступ к базе hh.ru", 90_000, 84_000, HH),
    ("Доступ к базе SuperJob", 40_000, 40_000, SUPERJOB),
    ("Агентство", 180_000, 0, AGENCY),
    ("Зал для группового собеседования", 15_000, 12_000, ""),
)


def name_sources(recruiter: User) -> dict[str, Source]:
    """Name the ways by which candidates come; {name: source}."""
    return {
        name: actions.put_source(recruiter, name=name, kind=kind, fee=fee)
        for name, (kind, fee) in SOURCES.items()
    }


def write_lists(recruiter: User, on: dt.date) -> None:
    """Donors, the stop list, adjacent niches, what the market pays."""
    for name in cast.DONORS:
        actions.add_donor(recruiter, name=name, note="Растёт быстрее рынка, людей учит сам")
    actions.stop_company(recruiter, name=cast.STOPPED, reason="Продажи стоят на откатах закупщикам")
    for niche, weight in cast.NEAR.items():
        actions.put_niche_edge(recruiter, one=cast.OURS, other=niche, weight=weight)
    pay = Quartiles(*(value * ROUBLES for value in (105_000, 130_000, 165_000)))
    actions.put_benchmark(
        recruiter, role="kam", region="Пермский край", source="Обзор зарплат, осень", on=on, pay=pay
    )


def open_vacancy(staff: Mapping[str, User], clock: Clock, sources: Mapping[str, Source]) -> Vacancy:
    """Draft the vacancy with its letter and budget; the head approves it."""
    recruiter, head = staff["kim"], staff["orlov"]
    clock.at(APPROVED + 2, 11)
    vacancy = actions.create_vacancy(
        recruiter,
        title=words.TITLE,
        reason="growth",
        seats=3,
        mandate="develop",
        route="mixed",
        needed_by=clock.day(-14),
        niche=cast.OURS,
        region="Пермский край",
        trip_days=6,
        pay_low=words.PAY[0],
        pay_high=words.PAY[1],
        pool=240,
        targets=TARGETS,
        profile={"deal_size": 150_000_000, "products": ["фланцы", "задвижки"], "level": 3},
        head=head,
    )
    _describe(recruiter, vacancy)
    clock.at(APPROVED, 12)
    actions.plan_hires(head, vacancy, hires=3)
    vacancy = actions.approve_vacancy(head, vacancy)
    for item, planned, spent, source in BUDGET:
        there = sources.get(source)
        actions.plan_budget(recruiter, vacancy, item=item, planned=planned * ROUBLES, source=there)
        if spent:
            amount = spent * ROUBLES
            actions.record_expense(recruiter, vacancy, item=item, amount=amount, source=there)
    return actions.advance_vacancy(recruiter, vacancy, to="sourcing")


def _describe(recruiter: User, vacancy: Vacancy) -> None:
    for code, text in words.LETTER.items():
        actions.write_block(recruiter, vacancy, code=code, text=text)
    wished = (
        Asked(code="C10", need="nice"),
        Asked(text="Сделки от 1 млн ₽ с техническим директором", need="nice"),
        Asked(code="C13", need="nice", horizon="future"),
    )
    for asked in wished:
        actions.put_requirement(recruiter, vacancy, asked=asked)
