"""The walk through the service that the other tests look at: a journey through every procedure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.browser.acts import (
    add_nobody,
    empty_and_continue,
    hide,
    send,
    write_a_wrong_code,
    write_nonsense,
)
from tests.browser.cases import (
    DETAILS,
    MANY_SIDED,
    MERTHYR,
    OTHER_RESULTS,
    POWYS,
    SIMPLE,
    URGENT,
    Answers,
)
from tests.browser.covering import covering, met
from tests.browser.duty_officer import CHOICES, link_in, say
from tests.browser.practitioner import Practitioner, Response, draft_of, filled_in
from tests.browser.tours import COUNCIL, Act, Stop, Tour
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.walking import Context

# Councils where nobody but the duty team reads mail: a conflict of interest leaves the telephone.
TELEPHONE_ONLY = {"cy": MERTHYR, "en": POWYS}
# Of the pages with one question, those whose wrong state is looked at: one of each kind.
WRONG = ("danger", "same-day", "concern-identified")
SOME_DETAILS = ("concern-what", "concern-last-incident")
MOST_SECTIONS = 20
DATE = re.compile(r'<input[^>]* name="[^"]*-day"')

NewPractitioner = Callable[..., Practitioner]


def tour_of(lang: str, new: NewPractitioner, library: Library) -> Tour:
    """The adult procedure with its details and mistakes, then the results of every other one."""
    guide = _Guide(lang, new)
    for part in (
        guide.see_public_pages,
        guide.see_a_long_journey,
        guide.see_an_urgent_journey,
        guide.see_other_results,
        guide.see_an_incomplete_check_page,
        guide.see_drafts,
    ):
        part()
    context = Context(datetime.now(UTC), library.calendar)
    for procedure in library.procedures.values():
        if procedure.id != "adult":
            guide.see_procedure(procedure, context)
    return guide.tour


class _Guide:
    def __init__(self, lang: str, new: NewPractitioner) -> None:
        self.tour = Tour(lang)
        self.new = lambda cookies=None, procedure="adult": self._met(new(lang, cookies, procedure))
        self.council: Answers = {"area-of-concern": COUNCIL[lang]}
        self.simple: Answers = SIMPLE | self.council

    def _met(self, person: Practitioner) -> Practitioner:
        """A new practitioner whose responses are all part of the tour."""
        person.responses = self.tour.responses
        return person

    def see_public_pages(self) -> None:
        person = self.new()
        for name in ("phone", "accessibility", "privacy", "cookies", "drafts", "status", "resume"):
            self._see(person, name, person.address(name))
        for parts in (("procedures",), ("procedures", "adult"), ("procedures", "adult", "table")):
            self._see(person, " ".join(parts), person.address(*parts))
        self._see(person, "sources", person.address("sources"))
        self._see(person, "choice of language", "/")
        self._see(person, "home", f"/{self.tour.lang}/")
        self._see(person, "error 404", person.address("nowhere"))
        self._see(person, "error 405", person.address("start"))
        self._see(person, "error 404 of a draft", person.address("journey", "00000", "check"))
        for name in ("status", "resume"):
            self.tour.add(f"{name}, wrong code", person.address(name), act=write_a_wrong_code)

    def _see(self, person: Practitioner, name: str, path: str, act: Act | None = None) -> None:
        person.get(path)
        self.tour.add(name, path, person.cookies(), act)

    def _see_questions(self, person: Practitioner, pages: list[Response]) -> None:
        """Every question page not seen yet, as it is after the whole journey."""
        for page in pages:
            if page.status != 200 or page.method != "GET" or 'id="page"' not in page.html:
                continue
            asked = [each.id for each in person.asked(page)]
            path = page.path.partition("?")[0]
            if asked and (person.procedure.id, asked) not in self.tour.asked:
                self.tour.asked.append((person.procedure.id, asked))
                name = f"question {' + '.join(asked)}{_of(person.procedure)}"
                self.tour.add(name, path, person.cookies())
                if asked[0] in WRONG or len(asked) > 1:
                    act = write_nonsense if DATE.search(page.html) else empty_and_continue
                    self.tour.add(f"{name}, wrong", path, person.cookies(), act)

    def see_a_long_journey(self) -> None:
        self._see_to_the_mail(self.new(), MANY_SIDED | self.council)

    def _see_to_the_mail(self, person: Practitioner, answers: Answers) -> None:
        first, of = len(self.tour.responses), _of(person.procedure)
        arrived = person.decide(answers, blank=True)
        draft = draft_of(arrived.path)
        met = self.tour.responses[first:]
        self._see(person, f"recommendation{of}", arrived.path)
        self._see_questions(person, met)
        self._see_details(person, draft)
        check = person.describe(draft)
        self._see(person, f"departure{of}", person.address("journey", draft, "departure", "1"))
        path = self.tour.stops[-1].path
        self.tour.add(f"departure, wrong{of}", path, person.cookies(), empty_and_continue)
        self._see(person, f"check{of}", check.path)
        self._see(person, f"copy before sending{of}", person.address("journey", draft, "copy"))
        sent = person.send(check)
        self._see_sent(person, sent)
        self._see_what_can_follow(person, sent.path)

    def see_procedure(self, procedure: Procedure, context: Context) -> None:
        """Every question and every result; the longest case goes on to the mail."""
        cases = covering(procedure, context, MANY_SIDED)
        cases.sort(key=lambda case: len(met(procedure, context, case)), reverse=True)
        self._see_to_the_mail(self.new(None, procedure.id), self._local(procedure, cases[0]))
        for case in cases:
            person, first = self.new(None, procedure.id), len(self.tour.responses)
            arrived = person.decide(case)
            self._see_questions(person, self.tour.responses[first:])
            self._see(person, f"result{_of(procedure)}", arrived.path)
        # a draft without details: hiding one that has them closes it for every other stop too
        self.tour.add(f"hidden{_of(procedure)}", arrived.path, person.cookies(), hide)

    def _local(self, procedure: Procedure, case: Answers) -> Answers:
        """The case where every council is the one whose mails are in one language."""
        here = COUNCIL[self.tour.lang]
        asked = [each.id for each in procedure.questions.values() if here in each.choices]
        return case | dict.fromkeys(asked, here)

    def _see_details(self, person: Practitioner, draft: str) -> None:
        """Each page of details, and how it looks when it is refused, where it can be."""
        of = _of(person.procedure)
        for number in range(MOST_SECTIONS):
            path = person.address("journey", draft, "details", str(number))
            page = person.get(path)
            if page.status == 404 or page.path.partition("?")[0] != path:
                continue  # not asked here, or on the page of another section
            people = "add-person" in page.html
            refused = person.post(path, page.form().blank()).status == 422
            person.fill(page, DETAILS[self.tour.lang])
            self.tour.add(f"details {number}{of}", path, person.cookies())
            if people or refused:
                act = add_nobody if people else empty_and_continue
                self.tour.add(f"details {number}, wrong{of}", path, person.cookies(), act)

    def _see_sent(self, person: Practitioner, sent: Response) -> None:
        of, reference = _of(person.procedure), sent.path.rpartition("/")[2]
        self.tour.add(f"sent{of}", sent.path, person.cookies())
        self._see(person, f"mailbox{of}", "/mailbox")
        link, links = rf'href="(/mailbox/[^"]+)">[^<]*{reference}', list[str | None]()
        mails = re.findall(link, self.tour.responses[-1].html)
        self.tour.mails += mails
        self.tour.sent[person.procedure.id] = len(mails)
        for number, path in enumerate(mails, 1):
            self._see(person, f"mail {number}{of}", path)
            html = person.get(f"{path}/html").html
            self.tour.stops.append(Stop(f"mail {number}, HTML{of}", path, None, html=html))
            links.append(link_in(html))
        self._see_answers(person, [each for each in links if each], sent.path)

    def _see_what_can_follow(self, person: Practitioner, sent: str) -> None:
        """A copy, words of one's own, a withdrawal, and the draft opened again to correct it."""
        of = _of(person.procedure)
        for name in ("copy", "add", "withdraw"):
            path = f"{sent}/{person.words[name]}"
            self._see(person, f"{name} after sending{of}", path)
            if name != "copy":
                wrong = f"{name} after sending, wrong{of}"
                self.tour.add(wrong, path, person.cookies(), empty_and_continue)
        again = person.get(sent).form("correct")
        opened = person.post(again.path, again.values)
        self._see(person, f"correction{of}", opened.path)

    def _see_answers(self, person: Practitioner, links: list[str], sent: str) -> None:
        """What a duty officer sees: unanswered for most procedures, answered for the first."""
        of, officer = _of(person.procedure), self.new()
        self._see(officer, f"acknowledge{of}", links[0])
        if of:
            return self.tour.add(f"acknowledge, wrong{of}", links[0], None, empty_and_continue)
        for link, choice in zip(links, CHOICES, strict=False):
            say(officer, link, choice)
            self._see(officer, f"acknowledge, {choice}", link)
        self._see(person, "sent, answered", sent)
        self._see(officer, "acknowledge, wrong link", links[0][:-1])
        return None

    def see_an_urgent_journey(self) -> None:
        person, first = self.new(), len(self.tour.responses)
        arrived = person.decide(URGENT | self.council, blank=True)
        self._see_questions(person, self.tour.responses[first:])
        draft = draft_of(arrived.path)
        self._see(person, "urgent recommendation", arrived.path)
        self._see(person, "urgent check", person.describe(draft).path)

    def see_other_results(self) -> None:
        """The results that are not a meeting, each by changing answers of the simple case."""
        person, first = self.new(), len(self.tour.responses)
        draft = draft_of(person.decide(self.simple).path)
        self._see_questions(person, self.tour.responses[first:])
        begun = person.cookies()
        for name, changes in OTHER_RESULTS.items():
            person, first = self.new(begun), len(self.tour.responses)
            arrived = person.change(draft, changes, self.simple)
            self._see_questions(person, self.tour.responses[first:])
            self._see(person, f"result {name}", arrived.path)
            if name == "report-first":
                anyway = person.address("journey", draft, "anyway")
                self._see(person, "anyway", anyway)
                self.tour.add("anyway, wrong", anyway, person.cookies(), empty_and_continue)
        self._see_rarer_check_pages(draft, begun)

    def _see_rarer_check_pages(self, draft: str, begun: Any) -> None:
        person = self.new(begun)
        check = person.describe(draft)
        conflict: Answers = {"conflict-of-interest": ["duty-team"]}
        area: Answers = {"area-of-concern": TELEPHONE_ONLY[self.tour.lang]}
        for name, changes in (
            ("council not known", {"area-of-concern": "not-known", "person-place": "not-known"}),
            ("telephone only", {**area, **conflict}),
        ):
            other = self.new(begun)
            other.change(draft, changes, self.simple)
            self._see(other, f"check, {name}", check.path)
        before = person.cookies()
        person.send(check)
        self.tour.add("looks the same", check.path, before, send)

    def see_an_incomplete_check_page(self) -> None:
        """A check page of which only the first details are filled in."""
        person = self.new()
        draft = draft_of(person.decide(URGENT | self.council).path)
        first = person.get(person.address("journey", draft, "details", "1"))
        written = {each: DETAILS[self.tour.lang][each] for each in SOME_DETAILS}
        person.post(first.path, filled_in(first.form(), written))
        self._see(person, "check, incomplete", person.address("journey", draft, "check"))

    def see_drafts(self) -> None:
        person = self.new()
        for _draft in range(4):
            person.start()
        self._see(person, "four drafts", person.address("drafts"))


def _of(procedure: Procedure) -> str:
    """What tells the stops of one procedure from another's."""
    return "" if procedure.id == "adult" else f" ({procedure.id})"
