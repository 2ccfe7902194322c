"""What a correction changes, for one reader: each answer and detail as it was and as it is now."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.meeting_requests.correcting import ANSWER, DETAIL, departures_in
from webapp.meeting_requests.model import Change, MeetingRequest
from webapp.messages.parts import Group, Item, Note, Section
from webapp.messages.plain_words import PlainWords, Value


def changes(words: PlainWords, request: MeetingRequest, reader: str | None) -> Section:
    """`reader`: the procedure of the team that reads it, which sees only what is meant for it;
    None for the requester. Empty where the request corrects nothing."""
    language = words.language
    title = language.gettext("What has changed")
    if not request.corrects:
        return Section(title)
    items = tuple(item for each in request.changes for item in _items(words, each, reader))
    if items:
        return Section(title, groups=(Group("", items),))
    if request.changes:
        return Section(
            title, (language.gettext("Nothing that this mail holds. The whole request follows."),)
        )
    return Section(
        title, (language.gettext("We cannot list what has changed. Read the whole request again."),)
    )


def _items(words: PlainWords, change: Change, reader: str | None) -> Iterator[Item]:
    fields, language = words.fields, words.language
    if change.part == ANSWER:
        question = words.procedure.questions.get(change.id)
        if question and (reader is None or fields.mails_answer(change.id, reader)):
            before, after = (
                Value(words.answer(question, each)) for each in (change.before, change.after)
            )
            yield _item(words, language.text(question.short), before, after)
    elif change.part == DETAIL:
        asked = fields.fields.get(change.id)
        if asked and (reader is None or reader in asked.mail):
            asked = asked.for_mail(reader) if reader else asked
            before, after = (words.detail(asked, each) for each in (change.before, change.after))
            yield _item(words, language.text(asked.short), before, after)
    else:
        yield from _departures(words, change, reader)


def _departures(words: PlainWords, change: Change, reader: str | None) -> Iterator[Item]:
    """Reasons are shown with the request; here only what is asked for."""
    rule = next((each for each in words.procedure.meetings if each.id == change.id), None)
    if rule is None or (reader is not None and rule.procedure != reader):
        return
    before, after = (
        Value("\n".join(words.departure(each) for each in departures_in(value)))
        for value in (change.before, change.after)
    )
    yield _item(words, words.language.gettext("Asked for differently"), before, after)


def _item(words: PlainWords, what: str, before: Value, after: Value) -> Item:
    language = words.language
    nothing = Value(language.pgettext("detail", "Not given"))
    notes = tuple(
        Note((value if value.text else nothing).text, value.typed and bool(value.text), label)
        for label, value in ((language.gettext("Before"), before), (language.gettext("Now"), after))
    )
    return Item(what, notes)
