"""Small files of sales on their way."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import choose_columns, import_ledger, receive_file
from kamerton.platform.access.models import User
from tests.factories import UserFactory

HEAD = (
    "Дата;Документ;Код клиента;Клиент;Артикул;Категория;Количество;Сумма;Себестоимость;Менеджер\n"
)


def sales(*rows: str, head: str = HEAD) -> bytes:
    """A CSV as accounting saves it."""
    return (head + "".join(f"{row}\n" for row in rows)).encode("cp1251")


SALES = sales(
    "05.10.2026;РТ-1;К-1;ООО «Ромашка»;А1;Арматура;2;1000,50;600;Белова Анна",
    "06.10.2026;РТ-2;К-2;АО «Лютик»;А1;Арматура;1;500,25;300;Орлов Пётр",
    "07.10.2026;ВЗ-1;К-1;ООО «Ромашка»;А1;Арматура;-1;-500,25;-300;Белова Анна",
    "08.10.2026;РТ-3;;;А2;Трубы;1;99,50;;",
)
TOTAL = 100050 + 50025 - 50025 + 9950


@pytest.fixture
def finance(company: Any) -> User:
    made: User = UserFactory(roles=["finance"])
    return made


@pytest.fixture
def received(finance: User) -> Callable[..., LedgerImport]:
    """A file that was sent, its columns as they were guessed."""

    def do(content: bytes = SALES, name: str = "sales.csv", **changes: Any) -> LedgerImport:
        found = receive_file.receive_file(finance, io.BytesIO(content), name=name)
        look = choose_columns.look_at(finance, found)
        return choose_columns.choose_columns(finance, found, look.mapping, heads=look.heads)

    return do


@pytest.fixture
def checked(finance: User, received: Callable[..., LedgerImport]) -> Callable[..., LedgerImport]:
    """A file that went through its dry run."""

    def do(content: bytes = SALES, name: str = "sales.csv") -> LedgerImport:
        return import_ledger.check_import(finance, received(content, name))

    return do


@pytest.fixture
def imported(finance: User, checked: Callable[..., LedgerImport]) -> Callable[..., LedgerImport]:
    """A file whose lines count."""

    def do(content: bytes = SALES, name: str = "sales.csv") -> LedgerImport:
        return import_ledger.run_import(finance, checked(content, name))

    return do
