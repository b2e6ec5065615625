"""What a candidate agrees to: the policy on personal data, each wording under its version.

The words stand here and not in the catalogue of translations: a consent names the version it was
given under, so whoever changes a word adds a version and keeps the old one.
"""

from dataclasses import dataclass
from typing import Final

from kamerton.domain.methodology.content.texts import Text


@dataclass(frozen=True)
class Part:
    """A part of the policy: its head and its paragraphs; `{company}` and `{months}` are filled."""

    title: Text
    text: tuple[Text, ...]


@dataclass(frozen=True)
class Paragraphs:
    """A part as it is shown."""

    title: str
    text: tuple[str, ...]


_FIRST = (
    Part(
        Text("Кто обрабатывает данные", "Who processes the data"),
        (
            Text(
                "Оператор персональных данных: {company}. Данные хранятся на собственном сервере "
                "оператора и обрабатываются с помощью программы «Камертон».",
                "The operator of personal data is {company}. The data are kept on the operator's "
                "own server and processed with the program Kamerton.",
            ),
        ),
    ),
    Part(
        Text("Для чего", "What for"),
        (
            Text(
                "Чтобы выбрать человека на вакансию: прочитать анкету, пригласить на "
                "собеседование, сравнить соискателей, сделать предложение.",
                "To choose a person for the vacancy: to read the form, invite to an interview, "
                "compare candidates, make an offer.",
            ),
            Text(
                "Если вы согласились отдельно, ещё и чтобы предлагать вам другие вакансии.",
                "If you agreed to it apart, also to offer you other vacancies.",
            ),
        ),
    ),
    Part(
        Text("Какие данные", "Which data"),
        (
            Text(
                "Имя, телефон, электронная почта; сведения о работе, опыте, доходе и пожеланиях "
                "из вашей анкеты и резюме; записи о звонках, собеседованиях и заданиях.",
                "Name, phone, e-mail; what your form and CV say of work, experience, income and "
                "wishes; notes of calls, interviews and tasks.",
            ),
            Text(
                "Пол, возраст, семейное положение, внешность, здоровье, религию мы не спрашиваем "
                "и не учитываем.",
                "We neither ask nor take into account sex, age, family, looks, health, religion.",
            ),
        ),
    ),
    Part(
        Text("Что с ними делают и кто их видит", "What is done with them and who sees them"),
        (
            Text(
                "Сбор, запись, хранение, уточнение, использование, обезличивание, удаление — с "
                "помощью компьютера. Третьим лицам данные не передаются.",
                "They are collected, recorded, kept, put right, used, made anonymous and deleted, "
                "by computer. They are not passed on to third parties.",
            ),
            Text(
                "Видят рекрутер, руководитель, собственник и назначенные на ваше собеседование "
                "сотрудники. Каждый просмотр ваших контактов записывается.",
                "The recruiter, the head, the owner and those named for your interview see them. "
                "Each view of your contacts is recorded.",
            ),
        ),
    ),
    Part(
        Text("Сколько хранятся", "How long they are kept"),
        (
            Text(
                "До {months} месяцев со дня согласия. Если вакансия закрыта раньше и на резерв "
                "вы не согласились — меньше. Затем данные удаляются, остаются цифры, по которым "
                "никого не узнать.",
                "Up to {months} months from the day of the consent; less if the vacancy is closed "
                "before and you did not agree to the reserve. Then the data are deleted; figures "
                "that name nobody stay.",
            ),
        ),
    ),
    Part(
        Text("Как отозвать согласие", "How to take the consent back"),
        (
            Text(
                "В любой момент по той же личной ссылке: «Отозвать согласие и удалить мои "
                "данные». Данные удаляются сразу. Узнать, что о вас хранится, и исправить это "
                "можно, написав тому, кто прислал вам ссылку.",
                "At any time, by the same personal link: “Take the consent back and delete my "
                "data”. The data are deleted at once. To learn what is kept of you and to have it "
                "put right, write to whoever sent you the link.",
            ),
            Text(
                "Согласие даётся свободно. Без него мы не сможем рассмотреть анкету, других "
                "последствий нет.",
                "The consent is given freely. Without it we cannot consider your form; nothing "
                "else follows.",
            ),
        ),
    ),
)
WORDINGS: Final = {"2026-11-22": _FIRST}
VERSION: Final = max(WORDINGS)


def wording(version: str, *, company: str, months: int) -> list[Paragraphs]:
    """The policy of a version, in the language of the page."""
    filled = {"company": company, "months": months}
    return [
        Paragraphs(str(part.title), tuple(str(one).format(**filled) for one in part.text))
        for part in WORDINGS[version]
    ]
