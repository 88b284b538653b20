"""Who may come in: the token of the opened address, or the user that a proxy names; and what every answer forbids."""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.apps.web.plain import plain_page
from detente.errors import UsageError

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
USER_HEADER = "X-Forwarded-User"
CLIENT_HEADER = "X-Detente-Client"  # a page of another site cannot send it without being asked first, and is refused
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOAD_BYTES = 50_000_000  # of one request; a reader takes less of each file
NAME_LENGTH = 100  # characters of a user's name
API = "/api/"
OPEN_PATHS = ("/static/",)  # style and script, which hold nothing of the ledger
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # none at all would hide from us which page a form came from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the pages are guarded. Without `behind_proxy` they answer this machine alone, to who has the token."""

    host: str = "127.0.0.1"
    port: int = 8765
    behind_proxy: bool = False
    user_header: str = USER_HEADER
    user: str = ""  # who decides, where no proxy says it
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def __post_init__(self) -> None:
        if not self.behind_proxy and not is_loopback(self.host):
            raise UsageError(
                f"{self.host} can be reached from other machines.",
                hint="Leave --host out, or put a proxy that logs users in before it and add: --behind-proxy",
            )

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies are shared by all ports of a machine."""
        return f"detente_{self.port}"

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/" + ("" if self.behind_proxy else f"?token={self.token}")

    def opens(self, token: str | None) -> bool:
        """Whether this is the token."""
        return hmac.compare_digest((token or "").encode(), self.token.encode())

    def is_our_cookie(self, value: str | None) -> bool:
        """Whether the cookie was given to who had the token."""
        return hmac.compare_digest((value or "").encode(), self.sign("cookie").encode())

    def sign(self, text: str) -> str:
        """What only who knows the token can write beside the text."""
        return hmac.new(self.token.encode(), text.encode(), hashlib.sha256).hexdigest()

    def form_mark(self, user: str) -> str:
        """What a form carries to show that it stands on a page of ours; another one each time."""
        nonce = secrets.token_hex(8)
        return f"{nonce}.{self.sign(f'form {nonce} {user}')}"

    def is_form_mark(self, mark: str | None, user: str) -> bool:
        """Whether the mark was written for this user."""
        nonce, _, signed = (mark or "").partition(".")
        return hmac.compare_digest(signed.encode(), self.sign(f"form {nonce} {user}").encode())


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Gate:
    """Refuses whoever may not come in, before anything is read; lays the forbidding headers over every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; nothing but HTTP is answered."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        guarded = _forbidding(send, is_open=scope["path"].startswith(OPEN_PATHS))
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self.app(scope, _bounded(receive), guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """What is answered to who may not come in; None for who may. Notes the user's name in the scope."""
        headers = Headers(scope=scope)
        if not self.access.behind_proxy and not _is_local_name(headers.get("host", "")):
            return _refused(scope, 421, "This is no address of these pages.", "Open the one that detente serve told.")
        if scope["path"].startswith(OPEN_PATHS):
            return None
        refusal = self._by_proxy(scope, headers) if self.access.behind_proxy else self._by_token(scope, headers)
        if refusal is not None:
            return refusal
        if scope["method"] not in SAFE and not _is_from_here(headers):
            return _refused(scope, 403, "This came from a page of another site.", "Do it on a page of détente.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > UPLOAD_BYTES:
            return _refused(scope, 413, "This is too much at once.", f"Send at most {UPLOAD_BYTES:,} bytes at a time.")
        return None

    def _by_proxy(self, scope: Scope, headers: Headers) -> Response | None:
        name = headers.get(self.access.user_header, "").strip()
        if not name or len(name) > NAME_LENGTH or not name.isprintable():
            return _refused(scope, 403, "Nobody is logged in.", f"The proxy must send their name as {USER_HEADER}.")
        scope["detente_user"] = name
        return None

    def _by_token(self, scope: Scope, headers: Headers) -> Response | None:
        scope["detente_user"] = self.access.user
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and scope["method"] in SAFE and self.access.opens(given):
            return self._welcome(scope["path"], [pair for pair in query if pair[0] != "token"])
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self.access.opens(bearer):
            return None
        if self.access.is_our_cookie(_cookie(headers, self.access.cookie)):
            return None
        return _refused(scope, 401, "These pages need their token.", "Open the address that detente serve printed.")

    def _welcome(self, path: str, query: list[tuple[str, str]]) -> Response:
        """Gives the cookie and leads to the same page with no token in its address."""
        path = "/" + path.lstrip("/\\")  # "//host" would lead to another site
        response = RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)
        response.set_cookie(self.access.cookie, self.access.sign("cookie"), httponly=True, samesite="lax", path="/")
        return response


def _is_local_name(host: str) -> bool:
    """Whether a page was asked for under a name of this machine: other names may be made to point here."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    return name.lower() in LOCAL_NAMES


def _is_from_here(headers: Headers) -> bool:
    """Whether a request that changes something does not come from a page of another site, as browsers tell it."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _cookie(headers: Headers, name: str) -> str | None:
    for header in headers.getlist("cookie"):
        try:
            found = SimpleCookie(header).get(name)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return None


def _refused(scope: Scope, status: int, what: str, hint: str) -> Response:
    return plain_answer(scope["path"], status, what, hint)


def plain_answer(path: str, status: int, what: str, hint: str) -> Response:
    """These two sentences as JSON for a program, else as a page that needs nothing of the desk."""
    if path.startswith(API):
        return JSONResponse({"error": what, "hint": hint}, status_code=status)
    return Response(plain_page(what, hint), status_code=status, media_type="text/html")


def _forbidding(send: Send, *, is_open: bool) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "max-age=3600" if is_open else "private, no-cache")
            headers.add_vary_header("HX-Request")  # a script asks for a part of a page at the page's own address
        await send(message)

    return guarded


def _bounded(receive: Receive) -> Receive:
    """The request's body, cut off where it is larger than told: whoever reads it then finds the sender gone."""
    left = UPLOAD_BYTES

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        if message["type"] == "http.request":
            left -= len(message.get("body", b""))
            if left < 0:
                return {"type": "http.disconnect"}
        return message

    return bounded
