"""What must be so before the service can be relied on: looked at when it starts and when asked.

A problem stops nobody from deciding and ringing, so the service runs with all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from webapp.bootstrap import Services
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.procedures.timescales import day_of

# A deadline of some weeks, asked about a year from now, still needs the bank holidays.
HOLIDAYS_AHEAD = timedelta(days=396)


def problems(services: Services) -> dict[str, str]:
    """What is wrong, by the name of what was looked at: what, and what to do. Nothing personal."""
    checks: dict[str, Callable[[Services], str]] = {
        "store": _store,
        "holidays": _holidays,
        "catalogue": _catalogue,
        "contacts": _contacts,
    }
    found = {name: check(services) for name, check in checks.items()}
    return {name: problem for name, problem in found.items() if problem}


def _store(services: Services) -> str:
    try:
        services.store.check()
    except StoreUnavailable as error:
        return f"{error} Until then questions and phone numbers work; nothing can be saved or sent."
    return ""


def _holidays(services: Services) -> str:
    """The list holds whole years."""
    last = max(services.library.calendar.bank_holidays)
    until = date(last.year, 12, 31)
    if until >= day_of(services.clock()) + HOLIDAYS_AHEAD:
        return ""
    return (
        f"The bank holidays are known until {until}, which is less than 13 months from now."
        " Bring decision_trees/bank-holidays.json up to date, or deadlines will be wrong."
    )


def _catalogue(services: Services) -> str:
    """A sentence that every page has, so it can only be English where the Welsh is missing."""
    english, welsh = (services.languages[code].gettext("Continue") for code in ("en", "cy"))
    if welsh != english:
        return ""
    return "The Welsh catalogue holds no Welsh. Run: cyfarfod build"


def _contacts(services: Services) -> str:
    missing = sorted(set(services.library.authorities) - set(services.directory.authorities))
    if not missing:
        return ""
    return f"No contacts for {', '.join(missing)}. Run: cyfarfod contacts check"
