"""Phone numbers and postcodes in the form in which people in the UK read them. Pure.

Only what is unmistakable is changed, and only its spaces, its capitals and how it begins; every
other text stays as it was typed.
"""

from __future__ import annotations

import re

_EXTENSION = re.compile(
    r"(?P<number>.*?)[\s,;]*(?:extension|estyniad|ext|est|x)[.:]?\s*(?P<extension>\d{1,6})",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"(?:\+|00)\s*44\s*(?:\(\s*0\s*\))?\s*")
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|"
    "EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|"
    "LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|"
    "SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
# At the end of a line or before a comma: “Flat B, M1 2nd floor” holds none.
_POSTCODE = re.compile(
    rf"(?<![\w-])({_AREAS})(\d(?:\d|[A-HJKPSTUW])?)\s{{0,3}}(\d[ABD-HJLNP-UW-Z]{{2}})"
    r"(?=[ \t]*(?:$|[,.;\n]))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"1st|2nd|3rd|\dth")  # in small letters they count, and are no postcode


def usual_phone(typed: str) -> str:
    """A whole UK number written without spaces or from abroad, as it is dialled here.

    `+44 (0)29 2018 0990` and `02920180990` become `029 2018 0990`; with an extension it is named
    as it was. Anything else stays as it is.
    """
    found = _EXTENSION.fullmatch(typed)
    number = found["number"].strip() if found else typed
    home = _ABROAD.sub("0", number, count=1) if _ABROAD.match(number) else number
    digits = re.sub(r"[\s().-]", "", home)
    if not re.fullmatch(r"01\d{8,9}|0[2378]\d{9}", digits):
        return typed
    if home == number and re.search(r"\d\s+\d", number):
        return typed  # it has spaces where its writer wants them
    usual = _spaced(digits)
    return typed.replace(number, usual, 1) if found else usual


def _spaced(digits: str) -> str:
    """029 2018 0990; 0113 496 0001; 01632 960001; 07700 900001."""
    if digits.startswith("02"):
        cuts = (3, 7)
    elif digits[1] in "38" or re.match(r"011|01\d1", digits):
        cuts = (4, 7)
    else:
        cuts = (5, 11)
    first, second = cuts
    return f"{digits[:first]} {digits[first:second]} {digits[second:]}".strip()


def usual_postcodes(typed: str) -> str:
    """The same text, its postcodes in capitals and with one space: `cf101aa` is `CF10 1AA`."""

    def usual(found: re.Match[str]) -> str:
        if _ORDINAL.fullmatch(found[3]):
            return found[0]
        return f"{found[1]}{found[2]} {found[3]}".upper()

    return _POSTCODE.sub(usual, typed)
