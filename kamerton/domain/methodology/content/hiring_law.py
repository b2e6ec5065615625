"""Plain: words that no criterion, question or knock-out of a vacancy may have, and why (L1)."""

import re
from dataclasses import dataclass

from kamerton.domain.methodology.content.texts import Text

REASON = Text(
    "Закон запрещает выбирать по полу, возрасту, семье, детям, внешности, здоровью и религии "
    "(ТК РФ, ст. 3 и 64).",
    "The law forbids choosing people by sex, age, family, children, looks, health or religion "
    "(Labour Code of Russia, art. 3 and 64).",
)


@dataclass(frozen=True)
class Topic:
    """What the law keeps out of hiring: words refused everywhere, and in criteria only."""

    code: str
    title: Text
    always: str
    in_criteria: str = ""


TOPICS = (
    Topic(
        "sex",
        Text("пол", "sex"),
        r"\bмужчин|\bженщин|\bдевушк|\bюнош|\bпарн[яеи]\b|\bмужск|\bженск|"
        r"\b(?:fe)?males?\b|\bm[ae]n only\b|\bwom[ae]n\b|\bgirls?\b",
        r"\bпол\b|\bгендер|\bm[ae]n\b|\bsex\b|\bgender\b",
    ),
    Topic(
        "age",
        Text("возраст", "age"),
        r"\bвозраст|\b(?:до|старше|моложе|не старше|не моложе)\s+[2-7]\d\s+(?:лет|года?)\b|"
        r"\bмолод(?:ой|ая|ые|ого|ую)\s+(?:человек|сотрудни|специалист|менеджер)|"
        r"\b(?:under|over|below)\s+[2-7]\d\b|\byears old\b|\bday of birth\b|\bdate of birth\b",
        r"\bage\b|\baged\b|\bдата рождения\b|\bгод рождения\b|\bсколько (?:вам )?лет\b|\byoung\b",
    ),
    Topic(
        "family",
        Text("семья", "family"),
        r"\bсемейн\w+ положен|\bзамуж|\bженат|\bхолост|\bв браке\b|\bразведен|"
        r"\bmarital|\bmarried\b|\bdivorced\b",
        r"\bсемь(?:я|и|е|ю|ей)\b|\bсупруг|\bмуж(?:а|ем|у)?\b|\bжен[аыуе]\b|\bspouse\b|\bfamily\b",
    ),
    Topic(
        "children",
        Text("дети", "children"),
        r"\bбеременн|\bдекрет|\b(?:налич\w+|есть ли|без|нет|сколько)\b[^.?!]{0,30}\bдет(?:ей|и)\b|"
        r"\bpregnan|\bmaternity\b|\bchildless\b",
        r"\bдет(?:и|ей|ьми|ях|ям)\b|\bребен|\bchildren\b|\bkids\b|\bchild\b",
    ),
    Topic(
        "looks",
        Text("внешность", "looks"),
        r"\bвнешност|\bвнешн\w+ (?:вид|данн)|\bсимпатичн|\bпривлекательн\w+ (?:внеш|облик)|"
        r"\bgood[- ]looking\b|\battractive appearance\b|\bpleasant appearance\b",
        r"\bроста? \w* ?\d{3}|\bтелосложен|\bappearance\b|\blooks\b|\bфотограф",
    ),
    Topic(
        "health",
        Text("здоровье", "health"),
        r"\bсостояни\w+ здоровья|\bпроблем\w* со здоровьем|\bинвалид|"
        r"\bхроническ\w+ (?:болезн|забол)|"
        r"\bdisabilit|\bdisabled\b|\bchronic (?:illness|disease)",
        r"\bздоров|\bболе(?:зн|ет|ете|ли)|\bhealth\b|\billness|\bdisease",
    ),
    Topic(
        "religion",
        Text("религия и национальность", "religion and ethnicity"),
        r"\bрелиги|\bвероисповед|\bправославн|\bмусульман|\bхристиан|\bславян|\bнациональност|"
        r"\breligio|\bchristian\b|\bmuslim\b|\bethnic|\bnationality\b",
    ),
)
_ALWAYS = tuple((topic, re.compile(topic.always)) for topic in TOPICS)
_CRITERIA = tuple((topic, re.compile(topic.in_criteria)) for topic in TOPICS if topic.in_criteria)


def forbidden(text: str, *, criterion: bool = True) -> tuple[Topic, str] | None:
    """Return the first topic that the law keeps out and the words that touch it; None if none.

    `criterion` False is for the running text of a letter, where fewer words betray a criterion:
    "goods for children" is trade there.
    """
    plain = " ".join(text.casefold().replace("ё", "е").split())
    for topic, pattern in (*_ALWAYS, *(_CRITERIA if criterion else ())):
        if found := pattern.search(plain):
            return topic, found[0]
    return None
