"""The walk that the other tests look at really meets everything."""

from __future__ import annotations

from markupsafe import escape

from tests.browser.tours import Tour
from webapp.messages.language import Language
from webapp.procedures.library import Library


def test_the_tour_meets_every_question_of_the_adult_procedure(tour: Tour, library: Library) -> None:
    met = {question for page in tour.asked for question in page}
    assert met == set(library.procedures["adult"].questions)


def test_the_tour_meets_every_result(
    tour: Tour, library: Library, speech: dict[str, Language]
) -> None:
    pages = [each.html for each in tour.responses if each.status == 200]
    titles = {each.id: each.title for each in library.procedures["adult"].results.values()}
    said = {each: escape(speech[tour.lang].text(title)) for each, title in titles.items()}
    assert not [each for each, title in said.items() if not any(title in page for page in pages)]


def test_the_tour_ends_with_a_mail_for_each_meeting(tour: Tour) -> None:
    assert len(tour.mails) == 2


def test_no_page_of_the_tour_is_a_failure_of_the_server(tour: Tour) -> None:
    assert not [each.path for each in tour.responses if each.status >= 500]
