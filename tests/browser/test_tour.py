"""The walk that the other tests look at really meets everything."""

from __future__ import annotations

from markupsafe import escape

from tests.browser.covering import can_be_asked
from tests.browser.tours import Tour
from webapp.messages.language import Language
from webapp.procedures.library import Library


def test_the_tour_meets_every_question_that_can_be_asked(tour: Tour, library: Library) -> None:
    for each in library.procedures.values():
        met = {
            question for procedure, page in tour.asked for question in page if procedure == each.id
        }
        assert met == can_be_asked(each), each.id


def test_the_tour_meets_every_result(
    tour: Tour, library: Library, speech: dict[str, Language]
) -> None:
    pages = [each.html for each in tour.responses if each.status == 200]
    results = [result for each in library.procedures.values() for result in each.results.values()]
    said = {escape(speech[tour.lang].text(each.title)) for each in results}
    assert not [title for title in said if not any(title in page for page in pages)]


def test_the_tour_ends_with_a_mail_for_each_meeting(tour: Tour, library: Library) -> None:
    # the adult's team, the Designated Officer or both of them, and the receipt
    assert tour.sent["adult"] in (3, 4)
    assert tour.sent.keys() == library.procedures.keys()
    assert all(tour.sent.values())


def test_no_page_of_the_tour_is_a_failure_of_the_server(tour: Tour) -> None:
    assert not [each.path for each in tour.responses if each.status >= 500]
