"""Perspective plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Perspective plans."""

    name = "kamerton.domain.plans"
    label = "plans"
