"""The short mails: the requester's receipt, a correction in free text, a withdrawal, and the word
to a team that is no longer concerned. Nothing personal stands in a subject or in a receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from webapp.meeting_requests.adding import MESSAGE
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import ACK_LINK, WITHDRAWAL, Dispatch, Mail, MeetingRequest
from webapp.messages.changes_part import changes
from webapp.messages.language import Language
from webapp.messages.parts import Row, Section
from webapp.messages.plain_words import PlainWords
from webapp.messages.templating import mail_templates
from webapp.procedures.recommending import Recommendation


@dataclass(frozen=True)
class Notice:
    """One language of a short mail. `typed`: what somebody wrote, with its heading.

    `confirm`: the words of the acknowledge link and its mark, where somebody has to confirm.
    """

    language: str
    typed_in: str
    headline: str
    facts: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    typed: tuple[str, str] | None = None
    confirm: tuple[str, str] | None = None
    closing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShortMails:
    """Renders them. `status_page`: reference and language -> the address of the status page."""

    languages: Mapping[str, Language]
    fields: DetailFields
    status_page: Callable[[str, str], str]

    # -- to the requester ------------------------------------------------------------

    def receipt(self, request: MeetingRequest, dispatches: tuple[Dispatch, ...]) -> Mail:
        language = self.languages[request.language]
        words = {"reference": request.reference}
        notice = Notice(
            language=language.code,
            typed_in=language.code,
            headline=language.gettext("Receipt for your meeting request"),
            facts=_sent(language, request),
            opening=(
                language.gettext(
                    "A person has not confirmed it yet. This receipt comes from a computer."
                ),
                language.gettext("If anyone is in danger now, ring 999."),
            ),
            sections=self._whom_and_what_next(language, request, dispatches),
            closing=(
                language.gettext("Do not reply to this mail: nobody reads the replies."),
                language.gettext("It holds nothing of what you wrote."),
            ),
        )
        return _mail(language.gettext("Meeting request %(reference)s: receipt") % words, [notice])

    def _whom_and_what_next(
        self, language: Language, request: MeetingRequest, dispatches: tuple[Dispatch, ...]
    ) -> tuple[Section, ...]:
        status = self.status_page(request.reference, language.code)
        numbers = tuple(_to_ring(language, each) for each in dispatches)
        return (
            Section(language.gettext("Whom to ring"), rows=numbers),
            Section(
                language.gettext("See where your request has got to"), (status, *_code(language))
            ),
            Section(language.gettext("What happens next"), self._next(language, dispatches)),
        )

    def _next(self, language: Language, dispatches: tuple[Dispatch, ...]) -> tuple[str, ...]:
        procedures = dict.fromkeys(each.procedure for each in dispatches)
        return (
            *(language.text(self.fields.procedures[each].decides) for each in procedures),
            language.gettext(
                "To correct, add to or withdraw the request, open the status page,"
                " or ring the team and give the reference."
            ),
        )

    # -- to duty teams ---------------------------------------------------------------

    def no_longer(
        self, request: MeetingRequest, recommendation: Recommendation, dispatch: Dispatch
    ) -> Mail:
        procedure = recommendation.journey.procedure
        fields = self.fields.of(request.procedure)
        notices = [
            _no_longer(PlainWords(language, procedure, fields), request, dispatch)
            for language in self._spoken(dispatch)
        ]
        return _mail(self._subject(request, dispatch), notices)

    def message(self, request: MeetingRequest, dispatch: Dispatch) -> Mail:
        notices = [self._message(request, dispatch, each) for each in self._spoken(dispatch)]
        return _mail(self._subject(request, dispatch), notices)

    def _message(self, request: MeetingRequest, dispatch: Dispatch, language: Language) -> Notice:
        headline, opening, title = _said(dispatch, language)
        return Notice(
            language=language.code,
            typed_in=request.language,
            headline=headline,
            facts=_facts(language, request, dispatch),
            opening=opening,
            sections=(),
            typed=(title, str(request.details.get(MESSAGE, ""))),
            confirm=_confirm(language, dispatch),
            closing=_closing(language),
        )

    def _spoken(self, dispatch: Dispatch) -> list[Language]:
        return [self.languages[code] for code in dispatch.languages]

    def _subject(self, request: MeetingRequest, dispatch: Dispatch) -> str:
        """In each language of the team, then the reference: nothing that was typed."""
        subjects = []
        for language in self._spoken(dispatch):
            words = {"reference": dispatch.corrects}
            if dispatch.kind == WITHDRAWAL:
                subjects.append(
                    language.gettext("Withdrawal: meeting request %(reference)s") % words
                )
            elif dispatch.urgent:
                subjects.append(
                    language.gettext("URGENT correction: meeting request %(reference)s") % words
                )
            else:
                subjects.append(
                    language.gettext("Correction: meeting request %(reference)s") % words
                )
        joined = " / ".join(subjects)
        return f"{joined} / {dispatch.reference}" if dispatch.reference else joined


def _no_longer(words: PlainWords, request: MeetingRequest, dispatch: Dispatch) -> Notice:
    language = words.language
    headline = language.gettext("Correction to request %(reference)s")
    return Notice(
        language=language.code,
        typed_in=request.language,
        headline=headline % {"reference": dispatch.corrects},
        facts=_facts(language, request, dispatch),
        opening=(
            language.gettext(
                "The request has been corrected. By the corrected answers,"
                " no meeting of your team is recommended any more."
            ),
            language.gettext("You decide. This mail closes nothing."),
        ),
        sections=(changes(words, request, dispatch.procedure),),
        closing=_closing(language),
    )


def _said(dispatch: Dispatch, language: Language) -> tuple[str, tuple[str, ...], str]:
    """The headline, the opening and the title over what somebody wrote."""
    words = {"reference": dispatch.corrects}
    if dispatch.kind == WITHDRAWAL:
        withdrawn = (
            language.gettext("The person who made the request withdraws it. You decide."),
            language.gettext(
                "A withdrawal closes nothing by itself. The concern may still be there."
            ),
        )
        headline = language.gettext("Withdrawal of request %(reference)s") % words
        return headline, withdrawn, language.gettext("The reason they give")
    corrected = (
        language.gettext("The person who made the request corrects it or adds to it."),
        language.gettext("The rest of the request stands. You decide."),
    )
    headline = language.gettext("Correction to request %(reference)s") % words
    return headline, corrected, language.gettext("What they write")


def _confirm(language: Language, dispatch: Dispatch) -> tuple[str, str] | None:
    """A correction waits for somebody to confirm it; a withdrawal and a preview do not."""
    if dispatch.kind == WITHDRAWAL or not dispatch.reference:
        return None
    return language.gettext("Confirm that you have this request"), ACK_LINK


def _sent(language: Language, request: MeetingRequest) -> tuple[str, ...]:
    moment = {"moment": language.moment(request.created_at)}
    lines = (
        language.gettext("Reference: %(reference)s") % {"reference": request.reference},
        language.gettext("Sent: %(moment)s") % moment,
    )
    if not request.corrects:
        return lines
    return (*lines, language.gettext("Corrects: %(reference)s") % {"reference": request.corrects})


def _to_ring(language: Language, dispatch: Dispatch) -> Row:
    """One team, its number, and by when to ring it."""
    words = {"phone": dispatch.phone}
    if dispatch.to is None:
        said = (
            language.gettext(
                "%(phone)s. Not sent by mail: ring this team now and give the reference."
            )
            % words
        )
    elif dispatch.urgent:
        said = language.gettext("%(phone)s. This is urgent: ring now.") % words
    elif dispatch.escalations:
        words["moment"] = language.moment(dispatch.escalations[0].due_at)
        said = language.gettext("%(phone)s. Ring if nobody has confirmed by %(moment)s.") % words
    else:
        said = dispatch.phone
    return Row(language.text(dispatch.team), said)


def _code(language: Language) -> tuple[str, ...]:
    return (
        language.gettext(
            "You need the status code. It was shown after you sent the request;"
            " it is not in this mail."
        ),
    )


def _facts(language: Language, request: MeetingRequest, dispatch: Dispatch) -> tuple[str, ...]:
    reference = dispatch.reference or language.gettext("given when it is sent")
    return (
        language.text(dispatch.team),
        language.gettext("Reference: %(reference)s") % {"reference": reference},
        language.gettext("Sent: %(moment)s") % {"moment": language.moment(request.created_at)},
        language.gettext("Belongs to request: %(reference)s") % {"reference": dispatch.corrects},
    )


def _closing(language: Language) -> tuple[str, ...]:
    return (
        language.gettext(
            "How to ring back safely stands in the request. Do not reply to this mail."
        ),
        language.gettext(
            "Words in the requester's own hand may name people who must not learn of them."
        ),
    )


def _mail(subject: str, notices: list[Notice]) -> Mail:
    shown = [_without_empty(each) for each in notices]
    return Mail(
        subject=subject,
        text=mail_templates().get_template("notice.txt").render(notices=shown),
        html=mail_templates().get_template("notice.html").render(notices=shown),
    )


def _without_empty(notice: Notice) -> Notice:
    return replace(notice, sections=tuple(each for each in notice.sections if not each.empty))
