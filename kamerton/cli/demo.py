"""Make the demo company in an empty installation."""

import argparse
from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import output
from kamerton.flows.make_demo import make_demo
from kamerton.platform.access.queries import company, demo_people

ABOUT = gettext_lazy("Make the demo company: people, sixty clients, three years of sales.")
EXAMPLE = "kamerton demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked: the demo is always the same."""


def in_words(language: str) -> Callable[[str], None]:
    """Tell the stages in the shell's language, whatever that of the demo is."""

    def tell(stage: str) -> None:
        with translation.override(language):
            output.note(_(stage))

    return tell


def run(options: argparse.Namespace) -> int:
    """Make it, stage by stage; an installation that has a company refuses."""
    owner = make_demo(progress=in_words(translation.get_language()))
    made = company()
    name = made.name if made else ""
    people = [
        {"email": one.email, "name": one.full_name, "roles": one.roles} for one in demo_people()
    ]
    lines = [
        _("The demo company “%(name)s” is ready; its owner is %(owner)s.")
        % {"name": name, "owner": owner.full_name},
        _("Start it with `kamerton run` and sign in by the buttons of the first page."),
    ]
    output.show(options, {"company": name, "people": people}, lines)
    return 0
