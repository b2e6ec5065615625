"""Our own people who may grow: the reserve that a vacancy looks at first."""

from collections.abc import Mapping

from kamerton.domain.hiring import actions
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.platform.access.models import User

#: Who, in how many days ready, whether he wishes; quality of answers, technical marks; records.
OWN = (
    ("gusev", 45, True, 82.0, 74.0, (("achievement", "Вырос в продажах на 18 % за год"),)),
    (
        "lapina",
        150,
        True,
        76.0,
        68.0,
        (
            ("claim", "Опоздала с документами по двум отгрузкам"),
            ("achievement", "Вернула клиента, который ушёл к конкуренту"),
        ),
    ),
    ("sedov", 200, False, 64.0, 71.0, (("incident", "Обещал срок, которого не было на складе"),)),
)


def name_reserve(staff: Mapping[str, User], clock: Clock) -> None:
    """Put three of ours into the reserve with what is known of them."""
    clock.at(60, 11)
    for code, days, willing, answers, technical, records in OWN:
        one = actions.add_internal(
            staff["kim"], user=staff[code], ready_on=clock.day(-days), willing=willing
        )
        actions.change_candidate(
            staff["kim"], one, response_quality=answers, technical_mark=technical
        )
        for place, (kind, text) in enumerate(records):
            on = clock.day(90 + 40 * place)
            actions.add_track_record(staff["kim"], one, kind=kind, text=text, on=on)
