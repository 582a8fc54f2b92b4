"""Protection against others: a key in the address, same-origin checks, and a content policy.

Reports are written by others. Their text is escaped, and pages may run and load nothing but our own
files, whatever the text contains.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HOSTS = ("127.0.0.1", "localhost")

Handler = Callable[[Request], Awaitable[Response]]


def new_token() -> str:
    """A key that cannot be guessed."""
    return secrets.token_urlsafe(24)


def same_token(given: str, token: str) -> bool:
    """Whether a text is the key, in constant time."""
    return hmac.compare_digest(given.encode(), token.encode())


class Guard:
    """Accepts only requests with the key, from our own pages, to our own host name."""

    def __init__(self, token: str, refuse: Callable[[Request], Response]) -> None:
        self._token = token
        self._refuse = refuse

    async def __call__(self, request: Request, handle: Handler) -> Response:
        """Answers a request, or refuses it."""
        response = await self._answer(request, handle)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    async def _answer(self, request: Request, handle: Handler) -> Response:
        if request.url.hostname not in HOSTS:  # a foreign name made to resolve to this machine
            return self._refuse(request)
        given = request.query_params.get("token")
        if given is not None and same_token(given, self._token):
            return self._enter(request)
        if not same_token(request.cookies.get(self._cookie(request), ""), self._token):
            return self._refuse(request)
        if request.method != "GET" and not self._is_own(request):
            return self._refuse(request)
        return await handle(request)

    def _enter(self, request: Request) -> Response:
        """Stores the key in a cookie, and removes it from the address."""
        query = [pair for pair in parse_qsl(request.url.query) if pair[0] != "token"]
        target = f"/{request.url.path.lstrip('/')}" + (f"?{urlencode(query)}" if query else "")
        response = RedirectResponse(target, status_code=303)
        response.set_cookie(
            self._cookie(request), self._token, httponly=True, samesite="strict", path="/"
        )
        return response

    @staticmethod
    def _cookie(request: Request) -> str:
        return f"svar-{request.url.port or 80}"  # cookies are shared between the ports of a machine

    @staticmethod
    def _is_own(request: Request) -> bool:
        """Whether one of our own pages sent a form."""
        origin = request.headers.get("origin")
        if origin is None:
            return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        own = request.url
        return urlsplit(origin)[:2] == (own.scheme, own.netloc)
