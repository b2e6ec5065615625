"""The lease queue behind the `django.tasks` API."""

from django_tasks.backends.immediate import ImmediateBackend


class LeaseQueue(ImmediateBackend):
    """Background work."""
