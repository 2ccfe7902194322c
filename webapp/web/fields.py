"""The fields that pages are made of.

A field reads what was typed, keeps it exactly for showing it again, and says what is wrong in
one whole sentence of the page's language. No input, however it was tampered with, may raise
anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.meeting_requests.cleaning import clean_text
from webapp.procedures.model import NOT_KNOWN


@dataclass(frozen=True)
class Choice:
    id: str
    text: str
    hint: str = ""


def _item(choice: Choice) -> dict[str, Any]:
    item: dict[str, Any] = {"value": choice.id, "text": choice.text}
    return item | ({"hint": {"text": choice.hint}} if choice.hint else {})


LONGEST_CODE = 60  # with spaces and hyphens


class Asked(Field):
    """What all fields share. `anchor` is the id of the control that an error points at."""

    kind = "text"

    def __init__(self, missing: str | None = None, **options: Any) -> None:
        """`missing` is the error when nothing was given; None when nothing is needed."""
        super().__init__(**options)
        self.missing = missing
        self.anchor = self.name
        self.filled = False  # whether it stands there already, from the answers of the journey

    def need(self) -> None:
        if self.missing:
            raise StopValidation(self.missing)

    @property
    def error(self) -> str | None:
        return str(self.errors[0]) if self.errors else None


class PageForm(BaseForm):
    """A form of such fields, by name."""

    def asked(self) -> list[Asked]:
        return [field for field in self if isinstance(field, Asked)]

    def excuse(self, name: str) -> None:
        """The field may be left empty after all."""
        field = self[name]
        if isinstance(field, Asked):
            field.missing = None

    def refuse(self, name: str, message: str) -> None:
        """Say what is wrong with a field that only the view can judge."""
        self[name].errors = (message,)


class OneOf(Asked):
    """One choice out of several; `data` is its id or None. `long`: shown as a select."""

    kind = "one"

    def __init__(self, choices: Sequence[Choice], long: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices
        self.long = long

    @property
    def items(self) -> list[dict[str, Any]]:
        """As the GOV.UK macros take them."""
        first = [{"value": "", "text": _("Choose from the list")}] if self.long else []
        return first + [_item(choice) for choice in self.choices]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist and valuelist[0] else None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is None:
            self.need()
        elif self.data not in {choice.id for choice in self.choices}:
            raise StopValidation(_("Choose one of the answers on this page"))


class AnyOf(Asked):
    """Any number of choices; those in `alone` exclude the others. `data` is a list of ids."""

    kind = "many"

    def __init__(
        self, choices: Sequence[Choice], alone: Iterable[str] = (), **options: Any
    ) -> None:
        super().__init__(**options)
        self.choices = choices
        self.alone = frozenset(alone)

    @property
    def items(self) -> list[dict[str, Any]]:
        """As the GOV.UK macros take them: what stands alone comes after an "or"."""
        together = [_item(choice) for choice in self.choices if choice.id not in self.alone]
        apart = [
            _item(choice) | {"behaviour": "exclusive"}
            for choice in self.choices
            if choice.id in self.alone
        ]
        between = [{"divider": pgettext("between answers", "or")}] if together and apart else []
        return together + between + apart

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(value for value in valuelist if value))

    def pre_validate(self, form: BaseForm) -> None:
        chosen = self.data or []
        if not chosen:
            self.need()
        elif not set(chosen) <= {choice.id for choice in self.choices}:
            raise StopValidation(_("Choose from the answers on this page"))
        elif len(chosen) > 1 and not self.alone.isdisjoint(chosen):
            raise StopValidation(self._clash())

    def _clash(self) -> str:
        alone = next(choice.text for choice in self.choices if choice.id in self.alone)
        return _("Choose either “%(answer)s” or the other answers, not both", answer=alone)


class Words(Asked):
    """Something written. `data` is cleaned; `typed` is what was typed, to the last space.

    `check` names what is wrong with a cleaned value in a sentence, or gives None.
    """

    def __init__(
        self,
        kind: str,
        check: Callable[[str], str | None],
        not_known: bool = False,
        autocomplete: str | None = None,
        limit: int | None = None,
        usual: Callable[[str], str] = str,
        **options: Any,
    ) -> None:
        """`limit`: how many characters; a page counts them under a long text. `usual` gives a
        cleaned text its usual form."""
        super().__init__(**options)
        self.usual = usual
        self.kind = kind
        self.check = check
        self.not_known = not_known
        self.limit = limit
        # The person's own details only: a browser must not learn anybody else's.
        self.autocomplete = autocomplete or "off"
        self.typed = ""
        self.ticked_not_known = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        known = data if isinstance(data, str) else ""
        self.ticked_not_known = self.not_known and known == NOT_KNOWN
        self.typed = "" if self.ticked_not_known else known
        if formdata is not None:
            self.typed = formdata.get(self.name, "")
            ticked = formdata.get(f"{self.name}-known") == NOT_KNOWN
            self.ticked_not_known = self.not_known and ticked
        written = self.usual(clean_text(self.typed, lines=self.kind == "long-text"))
        self.data = written or (NOT_KNOWN if self.ticked_not_known else "")

    def pre_validate(self, form: BaseForm) -> None:
        if not self.data:
            self.need()
        elif self.data == NOT_KNOWN and self.ticked_not_known:
            return
        elif self.ticked_not_known:
            raise StopValidation(_("Write something or say that you do not know, not both"))
        elif problem := self.check(self.data):
            raise StopValidation(problem)

    @property
    def shown(self) -> str:
        """For a text area: browsers drop a first line break, so it is doubled."""
        return f"\n{self.typed}" if self.typed[:1] in ("\n", "\r") else self.typed

    @property
    def input_type(self) -> str:
        return {"email": "email", "phone": "tel"}.get(self.kind, "text")

    @property
    def spellcheck(self) -> bool | None:
        """Names, addresses and codes are not words: nobody's checker should mark or learn them."""
        return False if self.kind in ("name", "email", "phone", "code") else None

    @property
    def attributes(self) -> dict[str, str]:
        """What else a keyboard on a screen needs to know. Enter in a field continues."""
        capitals = {"name": "words", "email": "none", "phone": "none", "code": "characters"}
        attributes = {"enterkeyhint": "go"}
        if self.kind in capitals:
            attributes["autocapitalize"] = capitals[self.kind]
        return attributes


# A number for each kind of plural that a script may ask for: Welsh has six.
PLURALS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 10}


def counting_words() -> dict[str, Any]:
    """What is said of the characters left, in the page's language, as the script takes it."""
    count = "%{count}"
    return {
        "charactersUnderLimit": {
            kind: ngettext(
                "You have %(count)s character left",
                "You have %(count)s characters left",
                number,
                count=count,
            )
            for kind, number in PLURALS.items()
        },
        "charactersAtLimit": _("You have no characters left"),
        "charactersOverLimit": {
            kind: ngettext(
                "You have %(count)s character too many",
                "You have %(count)s characters too many",
                number,
                count=count,
            )
            for kind, number in PLURALS.items()
        },
    }


def code_field(label: str, hint: str) -> Any:
    """A reference or a code, to be typed or pasted in any of the ways people write it."""
    return Words(
        "code",
        check=_too_long_for_a_code,
        label=label,
        description=hint,
        missing=_("Fill this in: %(question)s", question=label),
    )


def not_looked_up() -> str:
    """What is said at a code while the store cannot be read."""
    return _("We cannot look this up just now. Try again in a minute, or ring.")


def _too_long_for_a_code(value: str) -> str | None:
    return _("Check the code: it is too long") if len(value) > LONGEST_CODE else None
