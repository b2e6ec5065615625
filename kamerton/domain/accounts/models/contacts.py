"""People at clients."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models.clients import Client


class ContactPerson(models.Model):
    """A person at a client; what is private about him is not asked and not stored."""

    class Level(models.TextChoices):
        OWNER = "owner", _("Owner")
        TOP = "top", _("Top management")
        MIDDLE = "middle", _("Middle management")
        USER = "user", _("User")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Works there")
        MOVED = "moved", _("Moved")
        LEFT = "left", _("Left")

    class Channel(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        MESSENGER = "messenger", _("Messenger")
        MEETING = "meeting", _("Meeting")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    full_name = models.CharField(_("full name"), max_length=200)
    name_folded = models.CharField(max_length=200, db_index=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    organisation = models.CharField(  # of who is not the client's own: designer, consultant
        _("organisation"), max_length=200, blank=True
    )
    level = models.CharField(_("level"), max_length=6, choices=Level.choices, default=Level.MIDDLE)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)  # E.164, «;ext=» after it
    channel = models.CharField(_("likes"), max_length=10, choices=Channel.choices, blank=True)
    preferred_time = models.CharField(_("when to call"), max_length=100, blank=True)
    status = models.CharField(
        _("state"), max_length=6, choices=Status.choices, default=Status.ACTIVE
    )
    moved_to = models.ForeignKey(
        Client, on_delete=models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name_folded", "pk"]

    def __str__(self) -> str:
        return self.full_name
