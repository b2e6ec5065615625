"""Whom the ledger means by the manager of a sale."""

from collections import defaultdict
from collections.abc import Iterable

from kamerton.calc.text import folded
from kamerton.platform.access.models import User


def managers_by_name(names: Iterable[str]) -> dict[str, int]:
    """The people meant by the names of managers: by their ledger names, else by their own.

    A name that means nobody, or two people, is left out (1 query).
    """
    meant: dict[str, set[int]] = defaultdict(set)
    for user in User.objects.people():
        for own in (*user.ledger_codes, user.full_name, user.short_name):
            meant[folded(str(own))].add(user.pk)
    found = {name: meant.get(folded(name), set()) for name in names}
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
