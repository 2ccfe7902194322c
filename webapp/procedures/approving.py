"""Who has approved which version of a tree or a profile, and whether it still holds.

Two people look at each: a safeguarding lead at what it says, a Welsh reviewer at that and at its
Welsh. An approval carries a digest of what was seen; any change afterwards ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.procedures.layers import NATIONAL
from webapp.procedures.reading import digest_of
from webapp.procedures.terms import Text
from webapp.procedures.texts import prefix_of, with_texts

Data = Mapping[str, Any]
Translate = Callable[[Text], str]

LEAD, WELSH = "safeguarding-lead", "welsh-reviewer"
ROLES = (LEAD, WELSH)
BORROWED = "borrowed"
APPROVALS = "approvals"  # their key in the compiled data


@dataclass(frozen=True)
class Approval:
    """`subject` is the id of a tree or a profile; `approved_on` is an ISO date."""

    subject: str
    role: str
    name: str
    approved_on: str
    version: str
    digest: str


@dataclass(frozen=True)
class Review:
    """What stands in one role: the last approval if there is one, and whether it still holds."""

    role: str
    last: Approval | None
    holds: bool


@dataclass(frozen=True)
class Standing:
    """A tree or a profile and its reviews, one for each role."""

    subject: str
    version: str
    reviews: tuple[Review, ...]

    @property
    def approved(self) -> bool:
        return all(review.holds for review in self.reviews)


def subjects(data: Data) -> list[str]:
    """Everything that can be approved: trees, profiles, and the borrowed numbers."""
    trees = [str(tree["procedure"]) for tree in data["procedures"]]
    return [*trees, *data["profiles"], *([BORROWED] if data.get("borrowed") else [])]


def document_of(data: Data, subject: str) -> Data:
    """The document of a subject. KeyError if there is none."""
    for tree in data["procedures"]:
        if tree["procedure"] == subject:
            return tree
    return data["borrowed"] if subject == BORROWED else data["profiles"][subject]


def version_of(document: Data) -> str:
    """Its date if it has one; a profile is named by its digest."""
    return str(document.get("version") or digest_of(document))


def reviewed(data: Data, subject: str) -> Data:
    """What a reviewer sees: the document, and the shared names and documents that it uses."""
    document = document_of(data, subject)
    used = set(_words(document))
    terms: dict[str, Any] = {"document": "terms"}
    for part, names in data["terms"].items():
        if isinstance(names, Mapping):
            terms[part] = {name: each for name, each in names.items() if name in used}
    sources = {
        key: {"title": each["title"]}
        for key, each in data["sources"]["sources"].items()
        if key in used
    }
    return {"document": document, "terms": terms, "sources": sources}


def _words(value: Any) -> Iterator[str]:
    """Every key and every text in a document."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str):
        yield str(value)


def welsh_of(seen: Data, translate: Translate) -> dict[str, str]:
    """Context -> Welsh of every text in what is reviewed."""
    sources = {"sources": seen["sources"]}
    parts = [(seen["document"], prefix_of(seen["document"])), (seen["terms"], "terms")]
    parts.append((sources, "sources"))
    found = (text for data, prefix in parts for text in _texts(with_texts(data, (prefix,))))
    return {text.context: translate(text) for text in found}


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def digest_for(role: str, seen: Data, welsh: Mapping[str, str]) -> str:
    """A digest of what this role looks at."""
    return digest_of(seen, dict(welsh)) if role == WELSH else digest_of(seen)


class Approvals:
    """How everything in a library stands. `translate` gives the Welsh of a text."""

    def __init__(self, data: Data, translate: Translate) -> None:
        self._data = data
        self.standings = {each: self._standing(each, translate) for each in subjects(data)}

    def _standing(self, subject: str, translate: Translate) -> Standing:
        given = approvals_from(self._data)
        last = {role: last_of(given, subject, role) for role in ROLES}
        digests = self._digests(subject, translate) if any(last.values()) else {}
        reviews = tuple(
            Review(role, each, each is not None and each.digest == digests[role])
            for role, each in last.items()
        )
        return Standing(subject, version_of(document_of(self._data, subject)), reviews)

    def _digests(self, subject: str, translate: Translate) -> dict[str, str]:
        """What each role would approve now; worked out only where somebody has approved."""
        seen = reviewed(self._data, subject)
        welsh = welsh_of(seen, translate)
        return {role: digest_for(role, seen, welsh) for role in ROLES}

    def behind(self, procedure: str, profile: str) -> list[Standing]:
        """What a page of this procedure rests on under this profile."""
        borrowed = (self._data.get("borrowed") or {}).get("add", {})
        names = [procedure, NATIONAL, profile, *([BORROWED] if procedure in borrowed else [])]
        found = (self.standings.get(name) for name in dict.fromkeys(names))
        return [each for each in found if each]

    def approved(self, procedure: str, profile: str = NATIONAL) -> bool:
        return all(each.approved for each in self.behind(procedure, profile))


def approvals_from(data: Data) -> list[Approval]:
    """The approvals on record, oldest first."""
    return [Approval(**each) for each in data.get(APPROVALS) or ()]


def last_of(given: Iterable[Approval], subject: str, role: str) -> Approval | None:
    """The latest approval of a subject in one role."""
    fitting = [each for each in given if (each.subject, each.role) == (subject, role)]
    return fitting[-1] if fitting else None
