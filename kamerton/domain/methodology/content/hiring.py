"""Plain: what hiring is made of; the entries as shipped stand in hiring_*."""

from dataclasses import dataclass

from kamerton.domain.methodology.content.texts import Text

KNOWLEDGE, EXPERIENCE, QUALITY = "knowledge", "experience", "quality"
KNOCKOUT, SCORED, INFO = "knockout", "scored", "info"
#: How a question of the form is answered.
ANSWERS = ("text", "number", "money", "choice", "yes_no", "names", "language")
#: What a knock-out is judged by; the limits are settings and the vacancy's own.
RULES = ("", "years", "employer", "pay", "notice", "trips", "language")


@dataclass(frozen=True)
class Competency:
    """What a key account manager is judged by, on marks from 1 to 5.

    `anchors`: what deserves 1, 3 and 5. `pack`: code of the industry it comes with. What the law
    does not allow to refuse for (`may_refuse` False) is marked but never a knock-out.
    """

    code: str
    title: Text
    kind: str
    indicators: tuple[Text, ...]
    anchors: tuple[Text, ...]
    question: Text
    red_flag: Text
    must: bool = False
    pack: str = ""
    may_refuse: bool = True


@dataclass(frozen=True)
class FormQuestion:
    """A question of the candidate's form.

    `rule` (see RULES) for a knock-out; `full`: the number from which an answer has full marks;
    `marks`: what each of `choices` is worth, from 0 to 1; a text is marked by a person.
    """

    code: str
    title: Text
    kind: str
    answer: str = "text"
    rule: str = ""
    weight: float = 0.0
    full: float = 0.0
    choices: tuple[Text, ...] = ()
    marks: tuple[float, ...] = ()
    required: bool = True
    pack: str = ""


@dataclass(frozen=True)
class LetterBlock:
    """A block of the vacancy letter; `sample` shows how it may sound."""

    code: str
    title: Text
    sample: Text
    required: bool = True


@dataclass(frozen=True)
class SessionPart:
    """A part of the group session: how long, what happens, what to watch."""

    code: str
    title: Text
    minutes: int
    watch: Text


@dataclass(frozen=True)
class RubricItem:
    """A line of a rubric and its most points."""

    code: str
    title: Text
    points: float


@dataclass(frozen=True)
class BusinessTask:
    """A business task with the rubric it is marked by; `pack`: asked in that industry only."""

    code: str
    title: Text
    brief: Text
    rubric: tuple[RubricItem, ...]
    pack: str = ""
    needed: bool = False  # no offer without its result

    @property
    def most(self) -> float:
        """All its points."""
        return sum(item.points for item in self.rubric)


@dataclass(frozen=True)
class SelectionItem:
    """A line of a scorecard beside the competencies: fit to us, or loyalty."""

    code: str
    title: Text
    question: Text


@dataclass(frozen=True)
class ProbationCriterion:
    """What a probation asks after one, two and four weeks; 0 asks nothing yet."""

    code: str
    title: Text
    week_1: float
    week_2: float
    week_4: float
    points: float
    unit: str = "share"  # share, count or mark


@dataclass(frozen=True)
class OfferSection:
    """A section of the job offer."""

    code: str
    title: Text
    help: Text
    required: bool = True


@dataclass(frozen=True)
class OnboardingDay:
    """What a newcomer does on a day of the first weeks."""

    code: str
    title: Text
    day: int
