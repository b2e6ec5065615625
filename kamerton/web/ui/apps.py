"""The design system as an application."""

from pathlib import Path
from typing import Any, cast

from django import forms, template
from django.apps import AppConfig
from django.conf import settings

# From the inside out: files, components (<c-…>), a cache, parts of a file (page.html#row).
LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
WIDGETS = Path(forms.__file__).parent / "templates"  # fields are drawn by the same engine
PARTIALS = "template_partials.templatetags.partials"


class UiConfig(AppConfig):
    """Components and parts of files work together.

    Both packages put their own loader in place when they start, and the later one drops the
    earlier; this application comes after them and sets the chain that has both.
    """

    name = "kamerton.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Set the chain of template loaders."""
        engine: dict[str, Any] = cast("dict[str, Any]", settings.TEMPLATES[0])
        options = engine["OPTIONS"]
        engine["DIRS"] = [*engine["DIRS"], WIDGETS]
        options["loaders"] = LOADERS
        if PARTIALS not in options["builtins"]:
            options["builtins"].append(PARTIALS)
        vars(template.engines).pop("templates", None)
        vars(template.engines)["_engines"] = {}
