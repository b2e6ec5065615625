"""Who is key in the demo company: what is known of clients, decisions, managers' own lists."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.actions.evidence import KnownMark, KnownWallet
from kamerton.domain.segmentation.queries import KeyInputs
from kamerton.flows.make_demo.clients import CHAIN, OUTLET, PROMISING, WHOLESALER
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

CONFIRMED = (CHAIN, "Теплосеть-Монтаж", "Волга-Проект")
NAMES = ("volume", "assortment", "timing", "price", "choice", "access", "effect")
#: The seven marks of the method's worked examples, and of the other clients shown.
MARKS = {
    CHAIN: (0, 0, 0, 1, 0, 2, 0),
    OUTLET: (1, 1, 1, 1, 0, 3, 0),
    WHOLESALER: (3, 2, 2, 2, 2, 2, 1),
    "Теплосеть-Монтаж": (2, 2, 3, 2, 2, 3, 2),
    "Волга-Проект": (3, 2, 1, 2, 2, 2, 2),
    "Водоканал Юг": (2, 1, 2, 1, 2, 2, 1),
    "Гидро-Строй": (2, 2, 2, 2, 1, 1, 1),
    "Техно-Климат": (2, 3, 2, 2, 2, 2, 2),
    "Север-Труба": (2, 2, 1, 2, 1, 2, 1),
    "Спец-Деталь": (1, 1, 1, 2, 1, 1, 0),
    "Аква-Трейд": (2, 2, 2, 2, 2, 3, 1),
    "Донской Газ": (2, 2, 2, 1, 2, 2, 2),
}
GROUNDS = {
    "volume": "Заказ собираем вместе с их снабжением.",
    "assortment": "Спецификацию согласуют с нами до запроса.",
    "timing": "График поставок правим мы.",
    "price": "Отсрочку и скидку обсуждаю я.",
    "choice": "На тендере решали после нашей презентации.",
    "access": "Говорю с главным инженером и директором.",
    "effect": "После обучения их продавцов заказ вырос.",
}
#: Yearly spending on what we sell, million roubles, and how surely it is known.
WALLETS = {
    WHOLESALER: (24, "client", 0.7),
    "Теплосеть-Монтаж": (38, "client", 0.8),
    "Волга-Проект": (31, "analogue", 0.5),
    "Водоканал Юг": (22, "tender", 0.9),
    "Техно-Климат": (11, "client", 0.6),
    "Север-Труба": (9, "analogue", 0.4),
    "Аква-Трейд": (6, "norm", 0.4),
    "Донской Газ": (7, "tender", 0.8),
    CHAIN: (300, "client", 0.6),
}
ALL_PROMISING = tuple(name for names in PROMISING.values() for name in names)
WALLETS |= {name: (5 + place % 4, "client", 0.5) for place, name in enumerate(ALL_PROMISING)}
MARKS |= {
    name: (2 + place % 2, 2, 1 + place % 3, 2, 2, 1 + place % 2, 1)
    for place, name in enumerate(ALL_PROMISING)
}
STATUS = {
    "Водоканал Юг": {"market_leader": 2, "known_name": 3, "reference": 2, "public_case": 2},
    CHAIN: {"market_leader": 3, "known_name": 3},
    "Теплосеть-Монтаж": {"reference": 2, "known_name": 2, "referrals": 1},
}


@dataclass(frozen=True)
class Stake:
    """What makes a client key for his manager beside its size."""

    offer_days_ago: int = 0
    gap: int = 0  # attainable in a year, thousand roubles
    action: str = ""


OWN = {
    "Теплосеть-Монтаж": Stake(offer_days_ago=20, gap=9000),
    WHOLESALER: Stake(gap=4800, action="Кейс о складской программе"),
    "Волга-Проект": Stake(gap=7000),
    "Водоканал Юг": Stake(gap=3000, action="Публичный кейс водоканала"),
    "Гидро-Строй": Stake(offer_days_ago=60, gap=2600),
    "Техно-Климат": Stake(gap=2500),
    "Север-Труба": Stake(offer_days_ago=35, gap=1800),
    "Аква-Трейд": Stake(gap=900),
    "Донской Газ": Stake(gap=1200),
}
OWN |= {name: Stake(gap=3000 + 200 * place) for place, name in enumerate(ALL_PROMISING)}
WAITING = ("Север-Труба", "Донской Газ")  # submitted, not confirmed: the head's work


def know(clients: Mapping[str, Client]) -> None:
    """Write down wallets and marks, each by the client's own manager."""
    for name, (millions, source, confidence) in WALLETS.items():
        known = KnownWallet(
            amount=Decimal(millions * 1_000_000),
            source=source,
            confidence=confidence,
            sourcing="fixed" if name == CHAIN else "free",
            note="Оценка менеджера по словам снабжения",
        )
        actions.record_wallet(_holder(clients[name]), clients[name], known=known)
    for name, marks in STATUS.items():
        for item, mark in marks.items():
            known_mark = KnownMark("status", item, mark, "Отраслевой обзор и слова клиента")
            actions.add_evidence(_holder(clients[name]), clients[name], known=known_mark)


def decide(owner: User, clients: Mapping[str, Client], *, today: dt.date) -> None:
    """Propose by the criteria; the owner confirms three, the rest wait for him."""
    actions.propose_company_keys(system_user())
    open_keys = {key.client_id: key for key in queries.company_keys(owner)}
    for name in CONFIRMED:
        actions.decide_company_key(
            owner,
            open_keys[clients[name].pk],
            verdict="confirm",
            minutes=f"Комитет {today:%d.%m.%Y}: критерии проверены, возражений нет.",
        )


def choose_own(head: User, clients: Mapping[str, Client], *, today: dt.date) -> None:
    """Managers assess their influence and choose their keys; the head confirms most."""
    for name, marks in MARKS.items():
        given = dict(zip(NAMES, marks, strict=True))
        actions.assess_influence(
            _holder(clients[name]), clients[name], marks=given, comments=GROUNDS
        )
    for name, stake in OWN.items():
        key = actions.propose_manager_key(
            _holder(clients[name]), clients[name], inputs=_inputs(stake, today)
        )
        key = actions.submit_manager_key(_holder(clients[name]), key)
        if name not in WAITING:
            actions.confirm_manager_key(head, key)


def _inputs(stake: Stake, today: dt.date) -> KeyInputs:
    offered = today - dt.timedelta(days=stake.offer_days_ago) if stake.offer_days_ago else None
    return KeyInputs(
        competitor_offer_on=offered,
        attainable_gap=Decimal(stake.gap * 1000) if stake.gap else None,
        conversion_action=stake.action,
        conversion_on=today + dt.timedelta(days=45) if stake.action else None,
    )


def _holder(client: Client) -> User:
    if client.manager is None:
        raise ValueError(f"nobody holds {client}")
    return client.manager
