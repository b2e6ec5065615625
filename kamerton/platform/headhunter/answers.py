"""What the site answers, read into plain records; sex, age and photo are not read at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
OUR_CURRENCY = ("RUR", "RUB")  # how the site writes roubles, and how everybody else does


@dataclass(frozen=True)
class Action:
    """Something that may be done with a response, as the site offers it: never made up here."""

    id: str
    name: str
    method: str
    url: str
    enabled: bool
    required: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]  # an argument to those that must come with it

    @classmethod
    def of(cls, given: Json) -> "Action":
        """Read one of `actions[]`."""
        arguments = list(given.get("arguments") or ())
        return cls(
            id=str(given["id"]),
            name=str(given.get("name") or given["id"]),
            method=str(given["method"]).upper(),
            url=str(given["url"]),
            enabled=bool(given.get("enabled", True)) and not given.get("hidden", False),
            required=tuple(str(one["id"]) for one in arguments if one.get("required")),
            needs={
                str(one["id"]): tuple(
                    str(other["id"]) for other in one.get("required_arguments") or ()
                )
                for one in arguments
            },
        )


@dataclass(frozen=True)
class Resume:
    """Who answered: name, last work, region, wish; contacts where the site opens them."""

    full_name: str
    link: str  # for people
    url: str  # for programs
    employer: str = ""
    position: str = ""
    region: str = ""
    pay_wanted: int | None = None  # roubles a month
    phone: str = ""
    email: str = ""

    @classmethod
    def of(cls, given: Json) -> "Resume":
        """Read a resume, short or whole."""
        last: Json = next(iter(given.get("experience") or ()), {})
        salary: Json = given.get("salary") or {}
        ours = salary.get("currency") in OUR_CURRENCY
        parts = (given.get(name) for name in ("last_name", "first_name", "middle_name"))
        contacts = given.get("contact") or ()
        return cls(
            full_name=" ".join(str(part) for part in parts if part),
            link=str(given.get("alternate_url") or ""),
            url=str(given.get("url") or ""),
            employer=str(last.get("company") or ""),
            position=str(last.get("position") or given.get("title") or ""),
            region=str((given.get("area") or {}).get("name") or ""),
            pay_wanted=int(salary["amount"]) if ours and salary.get("amount") else None,
            phone=_contact(contacts, ("cell", "home", "work")),
            email=_contact(contacts, ("email",)),
        )


@dataclass(frozen=True)
class SiteResponse:
    """An answer to a vacancy; `state`: as the applicant sees it (response, invitation, discard)."""

    id: str
    state: str
    resume: Resume
    actions: tuple[Action, ...]

    @classmethod
    def all_of(cls, page: Json) -> Iterator["SiteResponse"]:
        """Read a page of a collection; an answer without a resume (a bare call) is left out."""
        for given in page.get("items") or ():
            if given.get("resume"):
                yield cls(
                    id=str(given["id"]),
                    state=str((given.get("state") or {}).get("id") or ""),
                    resume=Resume.of(given["resume"]),
                    actions=tuple(Action.of(one) for one in given.get("actions") or ()),
                )


def _contact(contacts: Any, kinds: tuple[str, ...]) -> str:
    """The contact of these kinds, the one preferred first; "" for none."""
    fitting = [one for one in contacts if (one.get("type") or {}).get("id") in kinds]
    for one in sorted(fitting, key=lambda each: not each.get("preferred")):
        value = one.get("value")
        return str(value.get("formatted") or "") if isinstance(value, Mapping) else str(value or "")
    return ""
