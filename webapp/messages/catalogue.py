"""The Welsh catalogue as a gate: nothing missing, doubtful, English or at odds with the English.

Imported while building and checking only. `translations/README.md` tells translators how text
gets here and back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from webapp.procedures.marked_yaml import Problem

PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+[^>]*>")
NUMBER = re.compile(r"\d+")
LEFT_BEHIND = re.compile(r"in welsh|yn saesneg\)|TODO|FIXME|PLACEHOLDER|XXX", re.IGNORECASE)
# Welsh has no one yes and no: they follow the verb of the question.
YES_NO = {
    ("Ydw", "Nac ydw"),
    ("Ydy", "Nac ydy"),
    ("Ydych", "Nac ydych"),
    ("Ydyn", "Nac ydyn"),
    ("Oes", "Nac oes"),
    ("Oedd", "Nac oedd"),
    ("Do", "Naddo"),
    ("Bydd", "Na fydd"),
    ("Bydda i", "Na fydda i"),
    ("Gall", "Na all"),
    ("Gallai", "Na allai"),
    ("Dylai", "Na ddylai"),
    ("Byddai", "Na fyddai"),
    ("Ie", "Nage"),
    ("Cafodd", "Na chafodd"),
    ("Rhaid", "Nac oes rhaid"),
}


def catalogue_path(folder: Path) -> Path:
    return folder / "cy" / "LC_MESSAGES" / "messages.po"


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="cy")


def extract(root: Path, template: Path) -> None:
    """Write every text of the code, the templates and the trees to `template`, a .pot file."""
    command = ["pybabel", "-q", "extract", "-F", str(root / "pyproject.toml")]
    command += ["--add-location=file", "--sort-by-file", "--no-wrap", "--omit-header"]
    command += ["--project=Cyfarfod", "-o", str(template), "-k", "_ngettext:1,2"]
    command += [
        "--ignore-dirs=node_modules static compiled tests infra var .* *.egg-info",
        str(root),
    ]
    CommandLineInterface().run(command)  # type: ignore[no-untyped-call]
    catalogue = read_catalogue(template)
    for message in catalogue:
        # No path of the machine that extracted it belongs in the file.
        message.locations = [(_within(root, name), 1) for name, _line in message.locations]
    with template.open("wb") as file:
        write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False)


def _within(root: Path, name: str) -> str:
    path = Path(name)
    return str(path.relative_to(root)) if path.is_absolute() else name


def compile_catalogue(folder: Path) -> None:
    """messages.po -> messages.mo, fuzzy entries left out."""
    path = catalogue_path(folder)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalogue(path), use_fuzzy=False)


def check_catalogue(folder: Path, template: Path) -> list[Problem]:
    """Everything that would show English, or the wrong thing, to a Welsh reader."""
    path = catalogue_path(folder)
    welsh, wanted = read_catalogue(path), read_catalogue(template)
    allowed = set((folder / "same-in-both.txt").read_text(encoding="utf-8").splitlines())
    checker = _Checker(path.name, welsh, allowed)
    problems = list(checker.coverage(wanted))
    for message in welsh:
        if message.id:
            problems += checker.message(message)
    problems += checker.yes_and_no()
    if f"Plural-Forms: {PLURALS}" not in path.read_text(encoding="utf-8").replace('\\n"', ""):
        remedy = f"Put back 'Plural-Forms: {PLURALS}'."
        problems.append(Problem(path.name, 1, "The plural rule has changed.", remedy))
    return sorted(problems, key=lambda problem: problem.line)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _forms(text: Any) -> tuple[str, ...]:
    """One form, or every plural form."""
    return (text,) if isinstance(text, str) else tuple(text or ())


class _Checker:
    def __init__(self, file: str, welsh: Catalog, allowed: set[str]) -> None:
        self.file = file
        self.by_key = {_key(message): message for message in welsh if message.id}
        self.allowed = allowed

    def problem(self, message: Message | None, what: str, remedy: str) -> Problem:
        return Problem(self.file, (message.lineno or 1) if message else 1, what, remedy)

    def coverage(self, wanted: Catalog) -> Iterator[Problem]:
        keys = {_key(message) for message in wanted if message.id}
        for context, english in sorted(keys - set(self.by_key), key=str):
            what = f"No Welsh for '{english}' ({context or 'page text'})."
            yield self.problem(None, what, "Run 'cyfarfod translations', then translate it.")
        for key in sorted(set(self.by_key) - keys, key=str):
            what = f"'{key[1]}' ({key[0] or 'page text'}) is no longer used."
            yield self.problem(self.by_key[key], what, "Run 'cyfarfod translations'.")

    def message(self, message: Message) -> Iterator[Problem]:
        english = _forms(message.id)
        welsh = _forms(message.string)
        name = f"'{english[0]}' ({message.context or 'page text'})"
        if message.fuzzy:
            yield self.problem(message, f"{name} is marked fuzzy.", "Check it, take the mark off.")
        if not all(welsh) or (len(english) > 1 and len(welsh) != 6):
            yield self.problem(message, f"{name} has no Welsh.", "Translate it, every form.")
            return
        for text in welsh:
            yield from self._against(message, name, english[-1], text)

    def _against(self, message: Message, name: str, english: str, welsh: str) -> Iterator[Problem]:
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(welsh)):
            remedy = f"Keep {', '.join(PLACEHOLDER.findall(english)) or 'none'} as they are."
            yield self.problem(message, f"{name}: the placeholders differ.", remedy)
        plain_english, plain_welsh = (PLACEHOLDER.sub("", text) for text in (english, welsh))
        if sorted(NUMBER.findall(plain_english)) != sorted(NUMBER.findall(plain_welsh)):
            what = f"{name}: the numbers differ between English and Welsh."
            yield self.problem(message, what, "Make them the same.")
        if welsh == english and english not in self.allowed:
            remedy = "Translate it, or list it in same-in-both.txt if it is a name."
            yield self.problem(message, f"{name}: the Welsh is the English.", remedy)
        if len(english) > 4 and welsh == english[::-1]:
            yield self.problem(message, f"{name}: the Welsh is reversed English.", "Translate it.")
        if LEFT_BEHIND.search(welsh):
            yield self.problem(message, f"{name}: a note was left in the Welsh.", "Finish it.")
        if (welsh[:1].isspace(), welsh[-1:].isspace()) != (
            english[:1].isspace(),
            english[-1:].isspace(),
        ):
            yield self.problem(message, f"{name}: spaces at the ends differ.", "Match them.")

    def yes_and_no(self) -> Iterator[Problem]:
        """Each yes and no has a pair of its own that belongs together."""
        for (context, english), message in self.by_key.items():
            if english not in ("Yes", "No"):
                continue
            word = english.lower()
            if not context or context.rsplit(".", 1)[-1] != word:
                what = f"A '{english}' stands without its own question ({context or 'page text'})."
                yield self.problem(message, what, "Give it a context that ends in '.yes' or '.no'.")
                continue
            stem = context[: -len(word)]
            pair = tuple(self._welsh(f"{stem}{each.lower()}", each) for each in ("Yes", "No"))
            if not any(_belongs(pair, known) for known in YES_NO):
                what = f"{context}: '{pair[0]}' and '{pair[1]}' are not a Welsh yes and no."
                remedy = "Use a pair that answers the verb, such as Ydy and Nac ydy."
                yield self.problem(message, what, remedy)

    def _welsh(self, context: str, english: str) -> str:
        message = self.by_key.get((context, english))
        return str(message.string) if message else ""


def _belongs(pair: tuple[str, ...], known: tuple[str, str]) -> bool:
    """A question may offer only one of the two words; that one still needs its verb."""
    return any(pair) and all(word in ("", right) for word, right in zip(pair, known, strict=True))


def update_catalogue(folder: Path, template: Path) -> None:
    """Add new texts to the Welsh catalogue, empty, and drop those no longer used."""
    path = catalogue_path(folder)
    welsh, wanted = read_catalogue(path), read_catalogue(template)
    welsh.update(wanted, no_fuzzy_matching=True)
    welsh.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, welsh, width=0, sort_by_file=True, ignore_obsolete=True)
