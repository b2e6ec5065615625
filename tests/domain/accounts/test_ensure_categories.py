"""Categories of goods that a ledger brings."""

import pytest

from kamerton.domain.accounts.actions import NameTooLong, ensure_categories
from kamerton.domain.accounts.models import ProductCategory
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance() -> User:
    return UserFactory(roles=["finance"])


def test_new_categories_appear_with_one_journal_row(finance):
    there = ProductCategory.objects.create(name="Трубы")
    made = ensure_categories(finance, ["Арматура", "Трубы", "Арматура"])
    assert sorted(made) == ["Арматура", "Трубы"]
    assert made["Трубы"] == there
    assert ProductCategory.objects.get(name="Арматура") == made["Арматура"]
    assert AuditEntry.objects.get().after == {"made": 1, "known": 1}


def test_the_same_names_again_make_nothing(finance):
    first = ensure_categories(finance, ["Арматура"])
    assert ensure_categories(finance, ["Арматура"]) == first
    assert ProductCategory.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_a_category_is_named_as_the_ledger_names_it(finance):
    """Sales of a category are found by its exact name."""
    assert set(ensure_categories(finance, ["Трубы", "трубы", " Трубы", ""])) == {
        *("Трубы", "трубы", " Трубы")
    }


def test_thousands_cost_a_few_queries(finance, django_assert_max_num_queries):
    names = [f"Группа {number}" for number in range(6000)]
    ensure_categories(finance, names[:3000])
    with django_assert_max_num_queries(40):
        assert len(ensure_categories(finance, names)) == 6000


def test_a_name_that_does_not_fit_stops_all(finance):
    with pytest.raises(NameTooLong, match="251"):
        ensure_categories(finance, ["Трубы", "x" * 251])
    assert not ProductCategory.objects.exists()


def test_only_who_imports_brings_categories():
    with pytest.raises(NotAllowed):
        ensure_categories(UserFactory(roles=["kam"]), ["Трубы"])
    assert not ProductCategory.objects.exists()
