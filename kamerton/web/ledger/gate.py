"""The one import that a page is about."""

from django.shortcuts import get_object_or_404

from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.models import User


def seen_import(viewer: User, pk: int) -> LedgerImport:
    """One import; 403 for who may see none, 404 where there is no such import."""
    queries.require_ledger_view(viewer)
    return get_object_or_404(queries.imports(viewer), pk=pk)
