"""The job site hh.ru by its public specification: its wire, none of our business."""

from kamerton.platform.headhunter.answers import Action, Resume, SiteResponse
from kamerton.platform.headhunter.client import HeadHunter, connected, headhunter
from kamerton.platform.headhunter.refusals import (
    ActionImpossible,
    NotConnected,
    SiteForbids,
    SiteHasNone,
    SiteSilent,
    TooManyAsked,
)

__all__ = [
    "Action",
    "ActionImpossible",
    "HeadHunter",
    "NotConnected",
    "Resume",
    "SiteForbids",
    "SiteHasNone",
    "SiteResponse",
    "SiteSilent",
    "TooManyAsked",
    "connected",
    "headhunter",
]
