"""Categories of goods that a sales ledger brings."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.accounts.actions.imported import CHUNK, NameTooLong, chunks
from kamerton.domain.accounts.models import ProductCategory
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record

LONGEST = 250


@transaction.atomic
def ensure_categories(actor: User, names: Iterable[str]) -> dict[str, ProductCategory]:
    """Find or make the category of each name, letter by letter; {name: category}.

    Raises NotAllowed, NameTooLong.
    """
    require(actor, "ledger.import")
    wanted = [name for name in dict.fromkeys(names) if name]
    _refuse_long(wanted)
    known = _by_name(wanted)
    missing = [ProductCategory(name=name) for name in wanted if name not in known]
    if not missing:
        return known
    # another import may bring the same ones at this moment
    ProductCategory.objects.bulk_create(missing, batch_size=CHUNK, ignore_conflicts=True)
    after = {"made": len(missing), "known": len(known)}
    record(actor, "accounts.categories_imported", after=after)
    return known | _by_name([category.name for category in missing])


def _refuse_long(names: Iterable[str]) -> None:
    for name in names:
        if len(name) > LONGEST:
            raise NameTooLong(
                _("“%(start)s…” has %(length)d characters; a category's name has at most 250.")
                % {"start": name[:40], "length": len(name)}
            )


def _by_name(names: list[str]) -> dict[str, ProductCategory]:
    found: dict[str, ProductCategory] = {}
    for chunk in chunks(names):
        rows = ProductCategory.objects.filter(name__in=chunk)
        found |= {category.name: category for category in rows}
    return found
