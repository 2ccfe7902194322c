"""What `infra/contacts.yaml` must hold: every mistake and every gap, with line and remedy.

A mistake stops the build. A gap does not: one council without an address must not take the
service from the others, so it is for the telephone only until somebody fills it in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.meeting_requests.contact_book import (
    MAIL_LANGUAGES,
    same_address,
    same_number,
    usable_mail,
    usable_phone,
)
from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.meeting_requests.inbox_checks import LANGUAGES, Vocabulary, about_rules

PARTS = ("document", "version", "offices", "inboxes", "otherwise", "authorities")
SHARED = ("brand", "mail_language", "hours")
OTHERS = ("escalation", "fallback", "alternative")
OWN = ("team", "escalation", "fallback")
TIMES = ("opens", "closes", "friday_closes")
LEAST_CONTRAST = 4.5  # of white text, WCAG 2.2 AA


@dataclass(frozen=True)
class Gap(Mistake):
    """What is missing, or useless, without stopping the service."""


def validate(
    data: Any, file: str, codes: Collection[str] = (), known: Vocabulary | None = None
) -> list[Mistake]:
    """Everything wrong with the marked document. `codes`: the GSS codes that must be there."""
    found = keys_of(data, file, "The file", PARTS)
    if found:
        return found
    for part in PARTS[2:]:
        if not isinstance(data[part], dict):
            found.append(Mistake(file, line_of(data[part]), f"'{part}' must have keys.", "Indent."))
    if found:
        return found
    if not _is_date(data["version"]):
        what = f"'{data['version']}' is not a date."
        found.append(Mistake(file, line_of(data["version"]), what, 'Write "2026-06-01".'))
    found += about_rules(data, file, known)
    found += _about_otherwise(data["otherwise"], file)
    found += _about_codes(data["authorities"], file, codes)
    for code, entry in data["authorities"].items():
        found += _about_council(entry, file, f"Authority '{code}'", data["inboxes"])
    return found


def stops_the_build(found: Collection[Any]) -> list[Any]:
    return [each for each in found if not isinstance(each, Gap)]


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2 between white and #rrggbb."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _about_codes(listed: Any, file: str, codes: Collection[str]) -> Iterator[Mistake]:
    for code in sorted(set(codes) - set(listed)):
        yield Gap(file, line_of(listed), f"Authority '{code}' is missing.", "Add its contacts.")
    for code in listed:
        if codes and code not in codes:
            what = f"Authority '{code}' is not one of the {len(codes)} authorities."
            yield Mistake(file, _line_at(listed, code), what, "Check the GSS code.")


def _about_otherwise(entry: Any, file: str) -> Iterator[Mistake]:
    wrong = keys_of(entry, file, "'otherwise'", (*SHARED, "ring"))
    yield from wrong or _about_shared(entry, file, "'otherwise'")
    if not wrong:  # and no gap is allowed here, so that there is always a number
        for each in _about_contact(entry["ring"], file, "'otherwise': ring", needs=("phone",)):
            yield Mistake(each.file, each.line, each.what, each.remedy)


def _about_council(entry: Any, file: str, where: str, inboxes: Any) -> Iterator[Mistake]:
    wrong = keys_of(entry, file, where, SHARED, ("out_of_hours", *inboxes))
    if not isinstance(entry, dict):
        yield from wrong
        return
    yield from wrong
    yield from _about_shared(entry, file, where)
    yield from _about_night(entry, file, where, inherited=False)
    for inbox in inboxes:
        if not entry.get(inbox):
            remedy = f"Add a line '{inbox}: …'. Until then it is for the telephone only."
            yield Gap(file, line_of(entry), f"{where} has no '{inbox}'.", remedy)
        else:
            yield from _about_inbox(entry[inbox], file, f"{where}: {inbox}")
    yield from _about_sharing(entry, file, where, inboxes)


def _about_shared(entry: Any, file: str, where: str) -> Iterator[Mistake]:
    """Brand, language and hours, as far as they are there."""
    if entry.get("brand"):
        yield from _about_brand(entry["brand"], file, f"{where}: brand")
    if entry.get("hours"):
        yield from _about_hours(entry["hours"], file, f"{where}: hours")
    language = entry.get("mail_language")
    if language and language not in MAIL_LANGUAGES:
        remedy = "Use one of: " + ", ".join(MAIL_LANGUAGES) + "."
        what = f"{where}: '{language}' is not a mail language."
        yield Mistake(file, line_of(language), what, remedy)


def _about_brand(brand: Any, file: str, where: str) -> Iterator[Mistake]:
    wrong = keys_of(brand, file, where, ("name", "colour"))
    yield from wrong
    if not isinstance(brand, dict):
        return
    if brand.get("name"):
        yield from keys_of(brand["name"], file, f"{where}: name", LANGUAGES)
    colour = str(brand.get("colour") or "")
    digits = colour.removeprefix("#")
    if colour and not (colour[0] == "#" and len(digits) == 6 and _is_hexadecimal(digits)):
        what = f"{where}: '{colour}' is not a colour."
        yield Mistake(file, line_of(brand["colour"]), what, 'Write it like "#1d4f91", in quotes.')
    elif colour and (contrast := contrast_with_white(colour)) < LEAST_CONTRAST:
        what = (
            f"{where}: '{colour}' is too pale. White text on it has a contrast of"
            f" {contrast:.2f} to 1, and {LEAST_CONTRAST} to 1 is the least that can be read."
        )
        yield Mistake(file, line_of(brand["colour"]), what, "Choose a darker colour.")


def _about_hours(hours: Any, file: str, where: str) -> Iterator[Mistake]:
    yield from keys_of(hours, file, where, TIMES[:2], (TIMES[2], "closed_on"))
    if not isinstance(hours, dict):
        return
    good = {key: str(hours[key]) for key in TIMES if key in hours}
    for key, value in list(good.items()):
        if not _is_time(value):
            del good[key]
            what = f"{where}: '{value}' is not a time."
            yield Mistake(file, line_of(hours[key]), what, 'Write "08:45".')
    for key in TIMES[1:]:
        if "opens" in good and key in good and good[key] <= good["opens"]:
            what = f"{where}: {key} at {good[key]}, but opens at {good['opens']}."
            yield Mistake(file, line_of(hours[key]), what, "It must close after it opens.")
    closed_on = hours.get("closed_on", [])
    for day in closed_on if isinstance(closed_on, list) else [closed_on]:
        if not _is_date(day):
            what = f"{where}: closed_on '{day}' is not a date."
            yield Mistake(file, line_of(day), what, 'Write a list such as ["2026-12-24"].')


def _about_night(entry: Any, file: str, where: str, inherited: bool) -> Iterator[Mistake]:
    night = entry.get("out_of_hours")
    if night:
        yield from _about_contact(night, file, f"{where}: out_of_hours", needs=("phone",))
    elif not inherited:
        what = f"{where} has no 'out_of_hours': nobody is rung at night."
        yield Gap(file, line_of(entry), what, "Add its team and phone.")


def _about_inbox(duty: Any, file: str, where: str) -> Iterator[Mistake]:
    known = (*OTHERS, "hours", "out_of_hours")
    yield from _about_contact(duty, file, where, needs=("mail", "phone"), known=known)
    if not isinstance(duty, dict):
        return
    if duty.get("hours"):
        yield from _about_hours(duty["hours"], file, f"{where}: hours")
    yield from _about_night(duty, file, where, inherited=True)
    for role in OTHERS:
        needs = ("phone",) if role == "alternative" else ("mail", "phone")
        if duty.get(role):
            yield from _about_contact(duty[role], file, f"{where}: {role}", needs)
        else:
            yield Gap(file, line_of(duty), f"{where} has no '{role}'.", f"Add '{role}: …'.")


def _about_contact(
    data: Any, file: str, where: str, needs: tuple[str, ...], known: tuple[str, ...] = ()
) -> Iterator[Mistake]:
    """`needs`: what it is of no use without."""
    yield from keys_of(data, file, where, ("team",), ("mail", "phone", *known))
    if not isinstance(data, dict):
        return
    if data.get("team"):
        yield from keys_of(data["team"], file, f"{where}: team", LANGUAGES)
    for key, usable, example in (
        ("mail", usable_mail, "duty@area.example"),
        ("phone", usable_phone, "01632 960001"),
    ):
        value = data.get(key)
        if value and not usable(str(value)):
            what = f"{where}: '{value}' is not usable as {key}."
            yield Gap(file, line_of(value), what, f'Write it like "{example}".')
        elif not value and key in needs:
            only = "telephone" if key == "mail" else "mail"
            remedy = f"Add a line '{key}: …'. Until then it is for the {only} only."
            yield Gap(file, line_of(data), f"{where} has no '{key}'.", remedy)


def _about_sharing(entry: Any, file: str, where: str, inboxes: Any) -> Iterator[Mistake]:
    """Who would be asked twice, and where a conflict of interest would not be avoided."""
    held: dict[tuple[str, str], tuple[str, str, str]] = {}  # -> office, inbox, role
    for inbox, role, contact in _contacts(entry, inboxes, OWN):
        office = inboxes[inbox].get("office")
        for key, value in _reached_at(contact):
            first = held.setdefault((key, value), (office, inbox, role))
            asked_again = first[1] == inbox and first[2] != role
            two_offices = first[0] != office
            if key == "mail" and (asked_again or two_offices):
                what = f"{where}: {inbox}: {role} has the same address as {first[1]}: {first[2]}"
                why = ", so two offices read it and a conflict of interest is not avoided."
                what += why if two_offices else ", so whoever has not answered is asked again."
                yield Gap(file, line_of(contact), what, "Give another address.")
    night = entry.get("out_of_hours")
    others = [*_contacts(entry, inboxes, ("alternative",))]
    others += [("", "out_of_hours", night)] if isinstance(night, dict) else []
    for inbox, role, contact in others:
        for key, value in _reached_at(contact):
            office, other, its_role = held.get((key, value), ("", "", ""))
            if office and (not inbox or office == inboxes[inbox].get("office")):
                what = (
                    f"{where}: {inbox or 'all'}: {role} has the same {key} as {other}: {its_role},"
                    " so a conflict of interest is not avoided."
                )
                yield Gap(file, line_of(contact), what, f"Give another {key}.")


def _contacts(entry: Any, inboxes: Any, roles: Collection[str]) -> Iterator[tuple[str, str, Any]]:
    for inbox in inboxes:
        duty = entry.get(inbox)
        for role in roles if isinstance(duty, dict) and isinstance(inboxes[inbox], dict) else ():
            contact = duty if role == "team" else duty.get(role)
            if isinstance(contact, dict):
                yield inbox, role, contact


def _reached_at(contact: Any) -> Iterator[tuple[str, str]]:
    if contact.get("mail"):
        yield "mail", same_address(str(contact["mail"]))
    if contact.get("phone"):
        yield "phone", same_number(str(contact["phone"]))


def _line_at(listed: Any, key: str) -> int:
    return int(getattr(listed, "lines", {}).get(key, line_of(listed)))


def _is_date(value: Any) -> bool:
    try:
        return str(value) == date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return False


def _is_time(value: str) -> bool:
    hours, _colon, minutes = value.partition(":")
    digits = len(value) == 5 and hours.isdigit() and minutes.isdigit() and value.isascii()
    return digits and int(hours) < 24 and int(minutes) < 60


def _is_hexadecimal(digits: str) -> bool:
    return all(each in "0123456789abcdefABCDEF" for each in digits)
