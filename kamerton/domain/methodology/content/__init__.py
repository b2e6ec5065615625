"""Plain: the whole method as one frozen value: shipped content, checks, and JSON both ways."""

from kamerton.domain.methodology.content.method import Base, Methodology, shipped
from kamerton.domain.methodology.content.stored import as_json, from_json, merged
from kamerton.domain.methodology.content.texts import Criterion, Item, Question, Text, Tier

__all__ = [
    "Base",
    "Criterion",
    "Item",
    "Methodology",
    "Question",
    "Text",
    "Tier",
    "as_json",
    "from_json",
    "merged",
    "shipped",
]
