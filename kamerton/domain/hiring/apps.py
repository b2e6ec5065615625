"""Hiring."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """Hiring."""

    name = "kamerton.domain.hiring"
    label = "hiring"
