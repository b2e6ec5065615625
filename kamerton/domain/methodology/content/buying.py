"""Plain: roles in a buying centre and sets of them; those shipped stand in buying_roles."""

from dataclasses import dataclass

from kamerton.domain.methodology.content.texts import Text

FEWEST_ROLES, MOST_ROLES = 3, 15


@dataclass(frozen=True)
class BuyingRole:
    """A part somebody plays in a purchase, and what we do with who plays it."""

    code: str
    title: Text
    model: str  # webster_wind, miller_heiman, lamp or local
    definition: Text
    line_of_work: Text
    actions: tuple[Text, ...]  # proposed as tasks
    cadence_days: int = 30


@dataclass(frozen=True)
class RoleSet:
    """The roles a company works with (3 to 15) and those that must be filled."""

    code: str
    title: Text
    roles: tuple[str, ...]
    mandatory: tuple[str, ...]
