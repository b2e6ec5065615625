"""Dossiers."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """Dossiers."""

    name = "kamerton.domain.dossier"
    label = "dossier"
