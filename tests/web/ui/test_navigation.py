"""The navigation shows what exists and what a person may open."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from kamerton.web.ui import navigation

ICONS = Path(__file__).resolve().parents[3] / "frontend" / "src" / "icons"
ALL = frozenset(
    item.permission for group in navigation.GROUPS for item in group.items if item.permission
)


@dataclass(frozen=True)
class Person:
    """Somebody with the given rights."""

    rights: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        return permission in self.rights


def titles(person: Person, path: str = "/") -> dict[str, list[str]]:
    return {
        str(group.title): [str(item.title) for item in group.items]
        for group in navigation.groups(person, path)
    }


@pytest.mark.urls("tests.web.ui.urls")
def test_with_all_rights_and_pages_the_whole_navigation_is_there():
    shown = titles(Person(ALL))
    assert len(shown) == len(navigation.GROUPS)
    assert sum(map(len, shown.values())) == sum(len(group.items) for group in navigation.GROUPS)


@pytest.mark.urls("tests.web.ui.urls")
def test_without_rights_only_open_pages_stay_and_empty_groups_go():
    groups = navigation.groups(Person(), "/")
    assert [item.url for group in groups for item in group.items] == [
        item.url for group in navigation.GROUPS for item in group.items if not item.permission
    ]
    assert all(group.items for group in groups)


@pytest.mark.urls("tests.web.ui.urls")
def test_one_right_opens_just_its_pages():
    shown = navigation.groups(Person(frozenset({"hiring.view"})), "/")
    keys = {group.key for group in shown}
    assert "hiring" in keys
    assert not keys & {"clients", "pay", "settings"}


@pytest.mark.urls("django.conf.urls.i18n")
def test_a_page_that_does_not_exist_is_not_shown():
    with pytest.raises(NoReverseMatch):
        reverse("desk:home")
    assert navigation.groups(Person(ALL), "/") == []
    assert navigation.creatable(Person(ALL)) == []


@pytest.mark.urls("tests.web.ui.urls")
def test_a_page_below_an_item_marks_the_item():
    path = reverse("accounts:clients") + "17/"
    marked = [
        item.url
        for group in navigation.groups(Person(ALL), path)
        for item in group.items
        if item.current
    ]
    assert marked == ["accounts:clients"]


@pytest.mark.urls("tests.web.ui.urls")
def test_the_root_is_marked_only_on_the_root():
    home = [i for g in navigation.groups(Person(ALL), "/elsewhere/") for i in g.items if i.current]
    assert home == []
    root = [i.url for g in navigation.groups(Person(ALL), "/") for i in g.items if i.current]
    assert root == ["desk:home"]


def test_each_item_has_an_icon_that_is_drawn():
    drawn = {file.stem for file in ICONS.glob("*.svg")}
    items = [item for group in navigation.GROUPS for item in group.items]
    assert {item.icon for item in [*items, *navigation.CREATE]} <= drawn
