"""The mails that the folder mailer wrote, to read on this machine. Registered only there."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol, cast

from flask import Blueprint, Response, abort, render_template

from webapp.web.visits import services

mailbox = Blueprint("mailbox", __name__)

HEADERS = ("Date", "From", "To", "Subject", "Message-ID", "References")
# A mail's own page: nothing in it may load, run or be sent; its styles are written inline.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class MailFolder(Protocol):
    """What only the folder mailer offers: its mails, to read."""

    def names(self) -> list[str]: ...

    def read(self, name: str) -> EmailMessage | None: ...


def folder() -> MailFolder:
    return cast(MailFolder, services().mailer)


@mailbox.get("/mailbox")
def listing() -> str:
    mails = [(name, _mail(name)) for name in folder().names()]
    return render_template("pages/mailbox.html", mails=mails)


@mailbox.get("/mailbox/<name>")
def read(name: str) -> Response:
    mail = _mail(name)
    shown = render_template(
        "pages/mail.html",
        name=name,
        subject=str(mail["Subject"]),
        headers=[(header, str(mail[header])) for header in HEADERS if mail[header]],
        text=_part(mail, "plain"),
        names=folder().names(),
    )
    return Response(shown, headers={"Content-Security-Policy": PAGE_POLICY})


@mailbox.get("/mailbox/<name>/html")
def html_part(name: str) -> Response:
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return Response(_part(_mail(name), "html"), headers=headers)


@mailbox.get("/mailbox/<name>/eml")
def original(name: str) -> Response:
    data = _mail(name).as_bytes()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype="message/rfc822", headers=headers)


def _mail(name: str) -> EmailMessage:
    mail = folder().read(name)
    if mail is None:
        abort(404)
    return mail


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return part.get_content() if part else ""
