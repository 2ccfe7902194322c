"""A form on a page, read as a browser would post it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form as a browser would post it: what is filled in by now, and the names of the rest."""

    path: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)  # of radio buttons

    def blank(self) -> dict[str, list[str]]:
        """Nothing chosen, nothing written; what ties the form to its draft stays."""
        return {"token": self.values["token"]}


class FormReader(HTMLParser):
    """Finds one form by its id. Much quicker than a real parser, and our forms are well formed."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.wanted = form_id
        self.form: Form | None = None
        self.inside = False
        self.writing: str | None = None  # the name of the text area that is open
        self.choosing: str | None = None  # the name of the select that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form" and given.get("id") == self.wanted:
            self.inside, self.form = True, Form(given.get("action") or "")
        elif self.inside and tag == "input":
            ticks = given.get("type") in ("radio", "checkbox")
            if given.get("type") == "radio" and self.form:
                self.form.offered.setdefault(name, []).append(given.get("value") or "")
            self._note(name, given.get("value") if "checked" in given or not ticks else None)
        elif self.inside and tag == "textarea":
            self._note(name, "")
            self.writing = name
        elif self.inside and tag == "select":
            self._note(name, None)
            self.choosing = name
        elif self.choosing and tag == "option" and "selected" in given:
            self._note(self.choosing, given.get("value"))

    def handle_data(self, data: str) -> None:
        if self.writing and self.form:
            self.form.values[self.writing] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.writing = None if tag == "textarea" else self.writing
        self.choosing = None if tag == "select" else self.choosing

    def _note(self, name: str, value: str | None) -> None:
        if name and self.form:
            self.form.values.setdefault(name, []).extend([] if value is None else [value])
