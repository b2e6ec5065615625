"""A local stand-in of hh.ru that follows its public specification."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

VACANCY = "123456"
FORBIDDEN = {"request_id": "q1", "errors": [{"type": "bad_authorization", "value": "user_auth"}]}
EXPIRED = {
    "request_id": "q1",
    "errors": [{"type": "oauth", "value": "bad_authorization"}],
    "oauth_error": "token-expired",
}
MISSING = {"request_id": "q1", "errors": [{"type": "not_found"}], "description": "Not Found"}
LIMIT = {"request_id": "q1", "errors": [{"type": "resumes", "value": "view_limit_exceeded"}]}


@dataclass
class Site:
    """What the site holds, and what it was asked."""

    url: str = ""
    people: int = 3
    page_size: int = 2
    access: str = "access-1"
    refresh: str = "refresh-1"
    renewals: int = 0
    view_limit: int | None = None
    slow: list[str] = field(default_factory=list)  # values of Retry-After still to be answered
    broken: list[int] = field(default_factory=list)  # statuses still to be answered
    payload: Any = None  # an odd answer to everything
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    done: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    answers: list[tuple[str, int, Any]] = field(default_factory=list)

    def collections(self) -> dict[str, Any]:
        """The collections of the vacancy; their addresses are the site's own business."""
        counters = {"total": self.people, "with_updates": 1}
        order = {"id": "relevance", "name": "лучшие", "url": f"{self.url}/negotiations/zz"}
        base = {"description": "", "sub_collections": [], "order_types": [order]}
        named = {"id": "inbox-7", "name": "Неразобранное", "hidden": False, "counters": counters}
        address = f"{self.url}/negotiations/inbox-7?vacancy_id={VACANCY}"
        empty = {
            "id": "none",
            "name": "Пусто",
            "hidden": False,
            "counters": counters | {"total": 0},
        }
        hidden = {"id": "dark", "name": "Скрыто", "hidden": True, "counters": counters}
        return {
            "collections": [
                base | named | {"url": address},
                base | empty | {"url": f"{self.url}/negotiations/none"},
                base | hidden | {"url": f"{self.url}/negotiations/dark"},
                base | named | {"id": "twice", "url": address},  # the same people once more
            ],
            "employer_states": [{"id": "response", "name": "Отклик"}],
            "generated_collections": [],
        }

    def negotiation(self, number: int) -> dict[str, Any]:
        """An answer to the vacancy with what may be done with it."""
        return {
            "id": f"{number}",
            "actions": [self.action("phone_interview", number), self.action("strange", number)],
            "chat_id": 1,
            "chat_states": {"response_reminder_state": {"allowed": False}},
            "counters": {"messages": 0, "unread_messages": 0},
            "created_at": "2026-11-20T10:00:00+0300",
            "updated_at": "2026-11-20T10:00:00+0300",
            "employer_state": {"id": "response", "name": "Отклик"},
            "funnel_stage": None,
            "has_updates": True,
            "messages_url": f"{self.url}/negotiations/{number}/messages",
            "messaging_status": "ok",
            "source": "NEGOTIATION",
            "state": {"id": "discard" if number == 99 else "response", "name": "x"},
            "templates": [],
            "url": f"{self.url}/negotiations/{number}",
            "viewed_by_opponent": False,
            "resume": self.resume(number),
        }

    def action(self, name: str, number: int) -> dict[str, Any]:
        """An action: its method and address differ from what a reader might guess."""
        needs = [{"id": "message"}]
        return {
            "id": name,
            "name": name.title(),
            "enabled": name != "strange",
            "hidden": False,
            "method": "PUT",
            "url": f"{self.url}/moved/elsewhere/{number}",
            "resulting_employer_state": {"id": name, "name": name},
            "templates": [],
            "arguments": [
                {"id": "message", "required": True, "required_arguments": []},
                {"id": "send_sms", "required": False, "required_arguments": needs},
            ],
        }

    def resume(self, number: int) -> dict[str, Any]:
        """A resume without contacts, as it stands in a list."""
        link = f"https://hh.ru/resume/r{number}?t={number}&vacancyId={VACANCY}"
        return deepcopy(SHORT) | {
            "id": f"r{number}",
            "first_name": "Фёдор",
            "last_name": f"Достоевский{number}",
            "middle_name": "Михайлович",
            "alternate_url": link,
            "url": f"{self.url}/resumes/r{number}?topic_id={number}",
        }

    def whole(self, number: int) -> dict[str, Any]:
        """The resume with contacts."""
        phone = {"country": "7", "city": "916", "number": f"{number:07}"}
        formatted = {"formatted": f"+7 (916) {number:07}"}
        contact = [
            {
                "type": {"id": "cell", "name": "Мобильный телефон"},
                "preferred": False,
                "value": phone | formatted,
                "comment": None,
                "need_verification": False,
                "verified": True,
            },
            {
                "type": {"id": "email", "name": "Эл. почта"},
                "preferred": True,
                "value": f"fm{number}@example.com",
            },
        ]
        return self.resume(number) | {"contact": contact}

    def answer(self, method: str, path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        """What the specification says to a request that is let in."""
        if path == "/negotiations":
            known = query.get("vacancy_id") == [VACANCY]
            return (200, self.collections()) if known else (404, MISSING)
        if path.startswith("/negotiations/"):
            return 200, self._page(int(query["page"][0]), int(query["per_page"][0]))
        if path.startswith("/resumes/"):
            return self._view(int(path.removeprefix("/resumes/r")))
        if path.startswith("/moved/elsewhere/") and method == "PUT":
            return 204, None
        return 404, MISSING

    def _page(self, number: int, size: int) -> dict[str, Any]:
        size = min(size, self.page_size)
        numbers = [*range(1, self.people), 99]  # the last one was refused there
        part = numbers[number * size : (number + 1) * size]
        pages = -(-len(numbers) // size)
        ordered = {"id": "relevance", "name": "лучшие"}
        told = {"found": len(numbers), "page": number, "pages": pages, "per_page": size}
        return told | {"items": [self.negotiation(n) for n in part], "ordered_by": ordered}

    def _view(self, number: int) -> tuple[int, Any]:
        if self.view_limit is not None and len(self.views) >= self.view_limit:
            return 429, LIMIT
        self.views.append(f"r{number}")
        return 200, self.whole(number)


SHORT: dict[str, Any] = {
    "age": 55,
    "area": {"id": "1", "name": "Москва", "url": "https://api.hh.ru/areas/1"},
    "gender": {"id": "male", "name": "Мужской"},
    "experience": [{"company": "Эпоха", "position": "Редактор"}],
    "salary": {"amount": 150_000, "currency": "RUR"},
    "title": "Писатель",
}


class Handler(BaseHTTPRequestHandler):
    """One request: who asks, whether he is let in, then what the site answers."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def reply(self, status: int, body: Any, **headers: str) -> None:
        """Answer with JSON, and remember it."""
        self.site.answers.append((urlsplit(self.path).path, status, body))
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def handle_any(self) -> None:
        """Let in or refuse."""
        path = urlsplit(self.path).path
        size = int(self.headers.get("Content-Length") or 0)
        sent = {k: v[0] for k, v in parse_qs(self.rfile.read(size).decode()).items()}
        bearer = self.headers.get("Authorization", "")
        self.site.asked.append((self.command, self.path, bearer))
        if not self.headers.get("HH-User-Agent"):
            self.reply(400, {"errors": [{"type": "bad_user_agent"}]})
        elif path == "/token":
            self.renew(sent)
        elif not self.troubled() and self.let_in(bearer):
            self.serve(path, sent)

    def troubled(self) -> bool:
        """Answer with the trouble that is next, if there is any."""
        if self.site.slow:
            self.reply(429, LIMIT, Retry_After=self.site.slow.pop(0))
            return True
        if self.site.broken:
            self.reply(self.site.broken.pop(0), None)
            return True
        return False

    def let_in(self, bearer: str) -> bool:
        """True for the token in force; another one of ours is over, any other is nobody's."""
        if bearer == f"Bearer {self.site.access}":
            return True
        self.reply(403, EXPIRED if bearer.startswith("Bearer access") else FORBIDDEN)
        return False

    def serve(self, path: str, sent: dict[str, str]) -> None:
        """Answer who was let in."""
        if self.site.payload is not None:
            self.reply(200, self.site.payload)
            return
        query = parse_qs(urlsplit(self.path).query)
        status, body = self.site.answer(self.command, path, query)
        if status == 204:
            self.site.done.append((self.command, path, sent))
        self.reply(status, body)

    def renew(self, sent: dict[str, str]) -> None:
        """Change a pair of tokens for a new one, once."""
        site = self.site
        if sent != {"grant_type": "refresh_token", "refresh_token": site.refresh}:
            self.reply(400, {"error": "invalid_grant", "error_description": "bad token"})
            return
        site.renewals += 1
        number = site.renewals + 1
        site.access, site.refresh = f"access-{number}", f"refresh-{number}"
        pair = {"access_token": site.access, "refresh_token": site.refresh}
        self.reply(200, pair | {"token_type": "bearer", "expires_in": 1_209_600})

    do_GET = do_PUT = do_POST = handle_any  # noqa: N815


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Run the stand-in on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
