"""What protects every response and every form. Nothing here knows a page.

A form is ours when the browser says that our own page sent it (Fetch Metadata, else Origin)
and when it carries the token of its draft. The token follows from the draft's resume code, so
that decision pages need neither a session nor a store.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

if TYPE_CHECKING:
    from webapp.meeting_requests.model import Draft

TOKEN_FIELD = "token"  # noqa: S105 - the name of a form field
METHODS = ("GET", "HEAD", "POST")
# Bytes. Seven fields of 5,000 characters, at up to twelve bytes each once they are escaped, are
# 420,000; what is too long for one field must reach that field's own message.
LARGEST_FORM = 1_000_000
MOST_PARTS = 500

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def set_up_security(app: Flask, trusted_hosts: list[str], https: bool) -> None:
    app.config["TRUSTED_HOSTS"] = trusted_hosts
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["HTTPS"] = https
    app.before_request(refuse_unknown_methods)
    app.before_request(refuse_foreign_forms)
    app.after_request(protect)


def refuse_unknown_methods() -> None:
    if request.method not in METHODS:
        abort(405)


def refuse_foreign_forms() -> None:
    """Before any view: a form posted by another site's page goes nowhere."""
    if request.method == "POST" and not sent_by_our_page():
        abort(403)


def sent_by_our_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site == "same-origin":
        return True
    if site not in (None, "none"):
        return False
    origin = request.headers.get("Origin")
    # An old browser sends "null" here because our pages ask it to send no referrer: then the
    # draft's token decides.
    return origin in (None, "null") or _host_of(origin) == request.host


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # brackets that hold no address
        return None


def form_token(draft: Draft) -> str:
    """What a form of this draft must carry. It tells nothing about the code it comes from."""
    digest = hmac.digest(draft.code.encode(), b"form " + draft.id.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def require_token(draft: Draft) -> None:
    """Refuse a form that was not made for this draft."""
    given = request.form.get(TOKEN_FIELD, "")
    if not hmac.compare_digest(given.encode(), form_token(draft).encode()):
        abort(403)


def protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Personal unless a page says otherwise: nothing of it is kept by any cache.
    response.headers.setdefault("Cache-Control", "no-store")
    lang = g.get("lang")
    if lang and response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", lang)
    return response
