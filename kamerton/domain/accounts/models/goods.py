"""What we sell."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductCategory(models.Model):
    """A category of goods, as the ledger names it."""

    name = models.CharField(_("category"), max_length=250, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A thing we sell, by its code in the ledger."""

    code = models.CharField(_("code"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=300)
    category = models.ForeignKey(
        ProductCategory, on_delete=models.SET_NULL, null=True, blank=True, related_name="products"
    )
    list_price = models.DecimalField(
        _("list price"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit_cost = models.DecimalField(
        _("unit cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_scarce = models.BooleanField(_("scarce"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
