"""Questions to hh.ru: tokens renewed, pauses kept, pages followed, actions as they are offered."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.headhunter.answers import Action, Resume, SiteResponse
from kamerton.platform.headhunter.refusals import (
    ActionImpossible,
    NotConnected,
    SiteForbids,
    SiteHasNone,
    SiteSilent,
    TooManyAsked,
)
from kamerton.platform.headhunter.tokens import Pair, Tokens

TRIES: Final = 4
TIMEOUT: Final = 30  # seconds
PATIENCE: Final = 60.0  # seconds that a pause may last while somebody waits for the end
PAGE: Final = 50  # the most that a collection gives at once
PAGES: Final = 400
LARGEST: Final = 20 * 1024 * 1024
EXPIRED: Final = "token-expired"
Headers = Mapping[str, str] | Message


class _StayHere(HTTPRedirectHandler):
    """A token is not carried to wherever an answer points."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing."""


class HeadHunter:
    """The site as one employer sees it."""

    def __init__(
        self,
        url: str,
        user_agent: str,
        tokens: Tokens,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.user_agent, self.tokens, self.pause = url, user_agent, tokens, pause
        self._opener = build_opener(_StayHere)

    def responses(self, vacancy: str) -> Iterator[SiteResponse]:
        """Yield the answers to a vacancy of all its collections, each once.

        Raises SiteForbids, SiteHasNone, TooManyAsked, SiteSilent.
        """
        listed = self.get("/negotiations", vacancy_id=vacancy)
        seen: set[str] = set()
        for collection in listed.get("collections") or ():
            empty = not (collection.get("counters") or {}).get("total")
            if empty or collection.get("hidden"):
                continue
            for one in self._collected(str(collection["url"])):
                if one.id not in seen:
                    seen.add(one.id)
                    yield one

    def resume(self, response: SiteResponse) -> Resume:
        """Read the whole resume, with contacts; the site counts this as a view.

        Raises SiteForbids, SiteHasNone, TooManyAsked, SiteSilent.
        """
        return Resume.of(self.get(response.resume.url))

    def perform(self, action: Action, **arguments: str) -> None:
        """Do what the site offers with a response, by the method and address that it names.

        Raises ActionImpossible, SiteForbids, SiteHasNone, TooManyAsked, SiteSilent.
        """
        wanted = {*action.required, *arguments}
        wanted |= {other for name in arguments for other in action.needs.get(name, ())}
        unknown, missing = set(arguments) - set(action.needs), wanted - set(arguments)
        if not action.enabled or unknown or missing:
            raise ActionImpossible(
                _("The site does not offer “%(action)s” so with this response now.")
                % {"action": action.name}
            )
        self._ask(action.method, action.url, arguments)

    def get(self, address: str, **query: str | int) -> dict[str, Any]:
        """Ask for something by its path, or by an address that an answer named.

        Raises SiteForbids, SiteHasNone, TooManyAsked, SiteSilent.
        """
        found = urlsplit(urljoin(self.url, address))
        named = dict(parse_qsl(found.query)) | {name: str(value) for name, value in query.items()}
        answer = self._ask("GET", found._replace(query=urlencode(named)).geturl())
        if not isinstance(answer, dict):
            raise _odd()
        return answer

    def _collected(self, address: str) -> Iterator[SiteResponse]:
        for number in range(PAGES):
            page = self.get(address, page=number, per_page=PAGE)
            try:
                yield from SiteResponse.all_of(page)
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                raise _odd() from error
            if number + 1 >= int(page.get("pages") or 0):
                return

    def _ask(self, method: str, address: str, form: Mapping[str, str] | None = None) -> Any:
        """Send a request until it is answered, refused, or the patience is over."""
        self._require_own(address)
        if self.tokens.pair().is_over:
            self._renew()
        renewed = False
        for tried in range(TRIES):
            status, headers, body = self._send(method, address, form)
            if status < HTTPStatus.MULTIPLE_CHOICES:
                return body
            if status == HTTPStatus.FORBIDDEN and _oauth(body) == EXPIRED and not renewed:
                self._renew()
                renewed = True
            elif (wait := _wait(status, headers, tried)) is not None and tried + 1 < TRIES:
                self.pause(wait)
            else:
                raise _refusal(status, headers, body)
        raise _odd()

    def _renew(self) -> None:
        """Change the pair for a new one; each is good for that once, and only when it is over."""
        pair = self.tokens.pair()
        if not pair.refresh:
            raise SiteForbids(_("The access to hh.ru is over. Give the installation a new one."))
        form = {"grant_type": "refresh_token", "refresh_token": pair.refresh}
        status, headers, body = self._send("POST", urljoin(self.url, "/token"), form, bare=True)
        if status != HTTPStatus.OK:
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
                raise _refusal(status, headers, body)
            raise SiteForbids(_("The access to hh.ru is over. Give the installation a new one."))
        try:
            until = time.time() + float(body.get("expires_in") or 0)
            self.tokens.keep(Pair(body["access_token"], body["refresh_token"], until))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise _odd() from error

    def _send(
        self, method: str, address: str, form: Mapping[str, str] | None, *, bare: bool = False
    ) -> tuple[int, Headers, Any]:
        """Send one request; return status, headers and the JSON of the answer."""
        headers = {"HH-User-Agent": self.user_agent, "User-Agent": self.user_agent}
        if not bare:
            headers["Authorization"] = f"Bearer {self.tokens.pair().access}"
        data = None if form is None else urlencode(form).encode()
        asked = Request(address, data=data, headers=headers, method=method)  # noqa: S310
        try:
            with self._opener.open(asked, timeout=TIMEOUT) as answer:
                return answer.status, answer.headers, _read(answer.read(LARGEST))
        except HTTPError as refused:
            with refused:
                return refused.code, refused.headers, _read(refused.read(LARGEST))
        except (URLError, HTTPException, TimeoutError, OSError) as silent:
            raise SiteSilent(_("hh.ru does not answer. Try again later."), status=502) from silent

    def _require_own(self, address: str) -> None:
        """Refuse to carry the token to an address of somebody else. Raises SiteSilent."""
        if urlsplit(address)[:2] != urlsplit(self.url)[:2]:
            raise _odd()


def connected() -> bool:
    """Tell whether the environment gives an access to the site."""
    wanted = settings.HEADHUNTER
    return bool(wanted["user_agent"] and (wanted["access_token"] or wanted["refresh_token"]))


def headhunter(*, pause: Callable[[float], None] = time.sleep) -> HeadHunter:
    """The site by the settings of the environment.

    Raises NotConnected.
    """
    wanted = settings.HEADHUNTER
    if not connected():
        raise NotConnected(
            _("hh.ru is not connected. The administrator sets it up: see the readme.")
        )
    first = Pair(wanted["access_token"], wanted["refresh_token"])
    tokens = Tokens(first, settings.DATA / "hh-token.json")
    return HeadHunter(wanted["url"], wanted["user_agent"], tokens, pause=pause)


def _wait(status: int, headers: Headers, tried: int) -> float | None:
    """How long to wait before the same question; None if it is of no use, or too long."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        asked = _retry_after(headers)
        return asked if asked is not None and asked <= PATIENCE else None
    return float(2**tried) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None


def _retry_after(headers: Headers) -> float | None:
    """Seconds of `Retry-After`, written as such or as a moment; None without it."""
    text = (headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - timezone.now()).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def _refusal(status: int, headers: Headers, body: Any) -> Exception:
    """What a status means for people."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        say = _("hh.ru answers no more for a while: its limit is used up. Go on later.")
        return TooManyAsked(say, _retry_after(headers))
    if status == HTTPStatus.NOT_FOUND:
        return SiteHasNone(_("hh.ru has no such vacancy among those of your company."), status=404)
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED):
        why = _oauth(body) or ", ".join(_named(body)) or str(status)
        return SiteForbids(_("hh.ru does not allow this: %(why)s.") % {"why": why}, status=502)
    return SiteSilent(
        _("hh.ru answered with an error: %(status)s.") % {"status": status}, status=502
    )


def _odd() -> SiteSilent:
    return SiteSilent(_("hh.ru answered otherwise than its description says."), status=502)


def _oauth(body: Any) -> str:
    return str(body.get("oauth_error") or "") if isinstance(body, dict) else ""


def _named(body: Any) -> list[str]:
    errors = body.get("errors") if isinstance(body, dict) else None
    given = [one for one in errors or () if isinstance(one, dict)]
    return [str(one.get("value") or one.get("type")) for one in given]


def _read(text: bytes) -> Any:
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return None
