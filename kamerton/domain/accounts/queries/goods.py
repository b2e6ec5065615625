"""Goods as the ledger names them."""

from django.db.models import QuerySet

from kamerton.domain.accounts.models import ProductCategory


def categories() -> QuerySet[ProductCategory]:
    """Every category of goods, by name (1 query)."""
    return ProductCategory.objects.all()
