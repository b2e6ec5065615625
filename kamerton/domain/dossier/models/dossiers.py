"""Dossiers, and questions that only one client is asked."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier.models.imports import DossierImport
from kamerton.platform.access.models import User

OWN = "own-"  # begins the code of a question that only one client is asked


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the dossiers of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def of_clients(self, ids: Iterable[int]) -> dict[int, "Dossier"]:
        """The dossier of each client; of one that has none, that of a card merged into it."""
        wanted = set(ids)
        either = Q(client__in=wanted) | Q(client__merged_into__in=wanted)
        found: dict[int, Dossier] = {}
        for dossier in self.filter(either).select_related("client").order_by("pk"):
            into = dossier.client.merged_into_id
            if dossier.client_id in wanted:
                found[dossier.client_id] = dossier
            elif into is not None and (into not in found or found[into].client_id != into):
                found[into] = dossier
        return found


class Dossier(models.Model):
    """All that we know of one client beyond its card.

    `version` is the version of the method whose questions it asks: a newer one is taken over on
    purpose, not by itself. `packs` are codes of the packs of questions chosen in addition.
    """

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="dossier")
    version = models.PositiveIntegerField()
    packs = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.client.name


class OwnQuestion(models.Model):
    """A question that only this client is asked; its code in the dossier is "own-" and its id."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="own_questions")
    group = models.CharField(_("group"), max_length=40)
    title = models.CharField(_("question"), max_length=300)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    ttl_months = models.PositiveSmallIntegerField(
        _("an answer lasts, months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        DossierImport, on_delete=models.PROTECT, null=True, blank=True, related_name="own_questions"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=3), name="own_question_weighs_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(ttl_months__gte=1), name="own_question_answer_lasts"
            ),
            models.UniqueConstraint(
                fields=["dossier", "title"],
                condition=Q(archived_at=None),
                name="one_own_question_of_a_title",
                violation_error_message=_("This is asked already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """How answers name the question."""
        return f"{OWN}{self.pk}"
