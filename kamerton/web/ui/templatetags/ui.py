"""Template tags and filters of the design system; built in, no {% load %} is needed."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kamerton.platform import formats
from kamerton.web.ui import assets, words

register = template.Library()

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("short", formats.short)
register.filter("money_short", formats.money_short)
register.filter("day", formats.day)
register.filter("day_short", formats.day_short)
register.filter("month", formats.month)
register.filter("moment", formats.moment)
register.filter("weekday", formats.weekday)
register.filter("ago", formats.ago)
register.filter("duration", formats.duration)
register.filter("initials", formats.initials)


@register.filter
def money(value: formats.Number | None) -> str:
    """Write money in whole units: «1 234 567 ₽»; an int is minor units (kopecks)."""
    return formats.money(value)


@register.filter
def money_exact(value: formats.Number | None) -> str:
    """Write money with its minor units: «1 234,56 ₽»; an int is minor units (kopecks)."""
    return formats.money(value, 2)


@register.filter
def signed(value: formats.Number | None, digits: int | None = None) -> str:
    """Write a change with its sign: +3,1 or −6,4."""
    return formats.number(value, digits, plus=True)


@register.filter
def signed_percent(value: formats.Number | None, digits: int = 0) -> str:
    """Write a change given as a fraction: «+4 %»."""
    return formats.percent(value, digits, plus=True)


@register.filter
def sign_of(value: formats.Number | None) -> str:
    """Return "up", "down", "flat" or "none" for a change; under half a per cent it is flat."""
    if value is None or formats.is_missing(value):
        return "none"
    shown = formats.rounded(value, 2)
    return "up" if shown > 0 else "down" if shown < 0 else "flat"


@register.filter
def share_of(value: formats.Number | None, whole: formats.Number | None) -> str:
    """Return value ÷ whole as an SVG length between 0% and 100%, always with a point."""
    if value is None or not whole:
        return "0%"
    return f"{min(max(float(value) / float(whole), 0.0), 1.0) * 100:.2f}%"


@register.filter
def iso(value: dt.date | None) -> str:
    """Write a day for `<time datetime>` and for date inputs."""
    return value.isoformat() if value else ""


@register.filter
def spread(attrs: Any) -> SafeString:
    """Write the attributes that a component passes on, escaped; empty ones are left out."""
    given = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs or {})
    flags = [name for name, value in given.items() if value is True]
    valued = [(name, value) for name, value in given.items() if value not in (True, False, None)]
    text = format_html_join("", " {}", ((name,) for name in flags))
    return text + format_html_join("", ' {}="{}"', valued)


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks, without it is decoration."""
    href = f"{assets.address('icons.svg')}#{name}"
    css = f"icon {size}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css, label, href,
        )  # fmt: skip
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, href)


@register.simple_tag
def currency() -> str:
    """Write the sign of the company's currency."""
    return formats.currency_sign()


@register.simple_tag
def vite(entry: str) -> SafeString:
    """Link the style sheets and the module of an entry; nothing where nothing was built."""
    source = assets.address(entry)
    if not source:
        return mark_safe("")
    sheets = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in assets.styles(entry))
    )
    needed = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((part,) for part in assets.preloads(entry))
    )
    script = format_html('<script type="module" src="{}"></script>', source)
    return sheets + needed + script


@register.simple_tag
def vite_blocking(entry: str) -> SafeString:
    """Link a script that must run before the first paint."""
    source = assets.address(entry)
    return format_html('<script src="{}"></script>', source) if source else mark_safe("")


@register.simple_tag
def vite_font(part: str) -> SafeString:
    """Ask for a font file early, so that the text does not jump."""
    address = assets.font(part)
    if not address:
        return mark_safe("")
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>', address
    )


@register.simple_tag
def favicon() -> SafeString:
    """Link the picture in the browser's tab."""
    address = assets.address("favicon.svg")
    if not address:
        return mark_safe("")
    return format_html('<link rel="icon" type="image/svg+xml" href="{}">', address)


@register.simple_tag
def ui_words() -> dict[str, str]:
    """Return the words that scripts need, in the language of the page."""
    return words.for_scripts()


@register.filter
def undo_of(message: Any) -> str:
    """Return the address that takes back what a message tells of, "" if there is none."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.filter
def plain(value: object) -> str:
    """Write a number for an attribute: a point, no thousands, whatever the language."""
    return str(value)


@register.filter
def comma_list(values: Any) -> str:
    """Write numbers for an attribute: 1,2.5,3; a gap where there is no value."""
    if isinstance(values, str):
        return values
    return ",".join("" if value is None else str(value) for value in values)


@dataclass(frozen=True)
class SortLink:
    """Where a column's head leads, and how the rows are sorted by it now."""

    href: str
    direction: str


def query_with(context: Context, **changes: str | None) -> str:
    """Return the query of the open page with some of its values changed."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_link(context: Context, column: str, key: str = "sort") -> SortLink:
    """Return the link that sorts by a column; a second click turns the order round."""
    present = context["request"].GET.get(key, "")
    direction = {column: "ascending", f"-{column}": "descending"}.get(present, "")
    wanted = column if direction == "descending" else f"-{column}"
    return SortLink(query_with(context, page=None, **{key: wanted}), direction)


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int, key: str = "page") -> str:
    """Return the link to another page of the list, filters kept."""
    return query_with(context, **{key: str(number)})


@register.simple_tag
def unique_id(prefix: str = "ui") -> str:
    """Return an id that no other element of the page has."""
    return f"{prefix}-{secrets.token_hex(4)}"


@register.simple_tag
def url_or_none(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a page, "" where there is no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


class Capture(template.Node):
    """Renders its content into a variable."""

    def __init__(self, nodelist: NodeList, variable: str) -> None:
        self.nodelist = nodelist
        self.variable = variable

    def render(self, context: Context) -> str:
        """Keep the rendered content, print nothing."""
        context[self.variable] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """{% capture heading %}…{% endcapture %}: render once, use twice."""
    _, variable = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodelist, variable)


class Control(template.Node):
    """Draws the widget of a bound field."""

    def __init__(self, field: FilterExpression) -> None:
        self.field = field

    def render(self, context: Context) -> str:
        """Draw the widget of a bound field with its help and error announced."""
        field = self.field.resolve(context)
        described = [f"{field.auto_id}-help"] if field.help_text else []
        described += [f"{field.auto_id}-error"] if field.errors else []
        attrs = {"aria-describedby": " ".join(described)} if described else {}
        if field.errors:
            attrs["aria-invalid"] = "true"
        return conditional_escape(field.as_widget(attrs=attrs))


@register.tag
def control(parser: Parser, token: Token) -> Control:
    """{% control field %}: the widget of a bound field, its help and error announced."""
    _, field = token.split_contents()
    return Control(parser.compile_filter(field))
