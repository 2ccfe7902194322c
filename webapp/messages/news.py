"""News for the requester: what a duty officer said. No name, and nothing of the request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, Acknowledgement
from webapp.meeting_requests.model import Dispatch, Mail
from webapp.messages.language import Language
from webapp.messages.notices import Notice, _mail
from webapp.messages.parts import Section


@dataclass(frozen=True)
class NewsWriter:
    """Writes news in the languages asked for; called as an `acknowledging.WriteNews`.

    `status_page`: reference and language -> the address of the status page.
    """

    languages: Mapping[str, Language]
    status_page: Callable[[str, str], str]

    def __call__(
        self,
        codes: tuple[str, ...],
        dispatch: Dispatch,
        said: Acknowledgement,
        passed_on: Dispatch | None,
    ) -> Mail:
        notices = [self._notice(self.languages[code], dispatch, said, passed_on) for code in codes]
        headlines = " / ".join(each.headline for each in notices)
        return _mail(f"{headlines} / {dispatch.reference}", notices)

    def _notice(
        self,
        language: Language,
        dispatch: Dispatch,
        said: Acknowledgement,
        passed_on: Dispatch | None,
    ) -> Notice:
        words = {"team": language.text(dispatch.team), "phone": dispatch.phone}
        words |= {"reference": dispatch.reference, "moment": language.moment(said.at)}
        if passed_on:
            words |= {"other": language.text(passed_on.team), "phone": passed_on.phone}
        status = self.status_page(dispatch.family, language.code)
        return Notice(
            language=language.code,
            typed_in=language.code,
            headline=_headline(language, said),
            facts=(
                language.gettext("Reference: %(reference)s") % words,
                language.gettext("Said at: %(moment)s") % words,
            ),
            opening=tuple(each % words for each in _sentences(language, said)),
            sections=(Section(language.gettext("See who said it"), (status,)),),
            closing=(
                language.gettext("If anyone is in danger now, ring 999."),
                language.gettext("Do not reply to this mail: nobody reads the replies."),
            ),
        )


def _headline(language: Language, said: Acknowledgement) -> str:
    if said.choice == HAVE_IT:
        return language.gettext("A duty officer has confirmed your request")
    if said.choice == CANNOT_ACT:
        return language.gettext("Ring now: the duty officer cannot act on your request")
    return language.gettext("Your request was passed on to another team")


def _sentences(language: Language, said: Acknowledgement) -> list[str]:
    if said.choice == HAVE_IT:
        return [
            language.gettext("%(team)s: a duty officer has your request and will act."),
            language.gettext("If it gets worse, or you hear nothing, ring %(phone)s."),
        ]
    if said.choice == CANNOT_ACT:
        return [
            language.gettext("%(team)s: a duty officer cannot act on your request."),
            language.gettext("Ring %(phone)s now and give the reference."),
        ]
    return [
        language.gettext("%(team)s: this was not the right team."),
        language.gettext("It is now with %(other)s. Nobody there has confirmed it yet."),
        language.gettext("If it is urgent, ring %(phone)s now and give the reference."),
    ]
