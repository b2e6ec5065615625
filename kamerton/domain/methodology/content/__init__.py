"""Plain: the whole method as one frozen value: shipped content, checks, and JSON both ways."""

from kamerton.domain.methodology.content.buying import BuyingRole, RoleSet
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.domain.methodology.content.method import Base, Methodology, shipped
from kamerton.domain.methodology.content.planning import PlanSection
from kamerton.domain.methodology.content.stored import as_json, from_json, merged
from kamerton.domain.methodology.content.texts import Criterion, Item, Question, Text, Tier

__all__ = [
    "Base",
    "BuyingRole",
    "Criterion",
    "DossierGroup",
    "DossierQuestion",
    "Item",
    "Methodology",
    "PlanSection",
    "Question",
    "RoleSet",
    "Text",
    "Tier",
    "as_json",
    "from_json",
    "merged",
    "shipped",
]
