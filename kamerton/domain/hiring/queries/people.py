"""Who a person is, written one way; whether he is in the base already."""

from dataclasses import dataclass

import phonenumbers
from django.db.models import Q
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.hiring.models import Candidate
from kamerton.domain.hiring.models.candidates import company_key
from kamerton.platform.errors import BusinessError

SEARCHED = 600  # letters: what an index takes whatever the alphabet
HOME = "RU"  # the country of a number that is written without one


class NobodyNamed(BusinessError):
    """A person has a name, and a phone, an e-mail or an employer."""


@dataclass(frozen=True)
class Person:
    """Who a candidate is, as somebody wrote it."""

    full_name: str
    phone: str = ""
    email: str = ""
    employer: str = ""
    position: str = ""
    niche: str = ""
    region: str = ""
    link: str = ""

    @property
    def name_folded(self) -> str:
        """The name as it is compared."""
        return folded(self.full_name)

    @property
    def employer_key(self) -> str:
        """The employer as companies are compared."""
        return company_key(self.employer)

    def put_on(self, candidate: Candidate) -> None:
        """Write it on a candidate."""
        for name in self.__dataclass_fields__:
            setattr(candidate, name, getattr(self, name))
        candidate.name_folded = self.name_folded
        candidate.employer_key = self.employer_key
        candidate.searched = searched_of(candidate)


def searched_of(candidate: Candidate) -> str:
    """Return what the candidate is found by."""
    parts = (candidate.full_name, candidate.employer, candidate.position, candidate.region)
    words = (candidate.phone.lstrip("+"), candidate.email, *parts)
    return folded(" ".join(words))[:SEARCHED]


def tidied(person: Person) -> Person:
    """Return the person with spaces, phone and e-mail written one way.

    Raises NobodyNamed.
    """
    text = {name: " ".join(getattr(person, name).split()) for name in person.__dataclass_fields__}
    text["phone"], text["email"] = phone_number(text["phone"]), text["email"].lower()
    known = Person(**{name: value[: _LONGEST.get(name, 200)] for name, value in text.items()})
    if not known.full_name or not (known.phone or known.email or known.employer):
        raise NobodyNamed(_("Write the name, and a phone, an e-mail or the last employer."))
    return known


_LONGEST = {"phone": 20, "email": 254, "employer": 250, "niche": 120, "region": 120, "link": 500}


def phone_number(text: str) -> str:
    """Return a phone as +79161234567; what is no phone as its digits, "" for none."""
    if not any(sign.isdigit() for sign in text):
        return ""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return "".join(sign for sign in text if sign.isdigit())[:20]
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written


def same_person(person: Person, *, but: Candidate | None = None) -> Candidate | None:
    """The candidate with this phone, e-mail, or name and employer; None if there is none."""
    same = Q(pk__isnull=True)
    if person.phone:
        same |= Q(phone=person.phone)
    if person.email:
        same |= Q(email=person.email)
    if person.employer_key:
        same |= Q(name_folded=person.name_folded, employer_key=person.employer_key)
    found = Candidate.objects.present().filter(same).order_by("pk")
    return (found.exclude(pk=but.pk) if but else found).first()
