"""A journey through every procedure, to the mail of each duty team that must act."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.cases import DETAILS, JOURNEYS
from tests.browser.looking import OpenBrowser
from tests.browser.people import MousePractitioner, follow
from tests.browser.tours import COUNCIL
from webapp.messages.language import Language
from webapp.procedures.library import Library

PHONES = {"child": "01632 960 121", "section-5": "01632 960 122"}  # so that no two are alike


@pytest.mark.parametrize("name", JOURNEYS)
def test_from_the_first_page_to_the_mail(
    name: str,
    lang: str,
    open_browser: OpenBrowser,
    library: Library,
    speech: dict[str, Language],
) -> None:
    procedure, answers, teams = JOURNEYS[name]
    page = open_browser().new_page()
    person = MousePractitioner(page, library.procedures[procedure], speech[lang])
    page.goto(f"/{lang}/")
    follow(page.locator(f"button[name=procedure][value={procedure}]"))
    areas = dict.fromkeys(("area-of-concern", "area-of-person"), COUNCIL[lang])
    person.decide(answers | areas)
    expect(page.locator("main section[id^=meeting-]")).to_have_count(teams)

    follow(page.get_by_role("button", name=speech[lang].gettext("Go on to the details")))
    person.describe(DETAILS[lang] | {"person-phone": PHONES.get(name, "01632 960 123")})
    follow(page.locator("form#send button"))
    page.wait_for_url("**/CFD-*")
    reference = page.url.rpartition("/")[2]
    # a council may have one Designated Officer for children and another for adults
    inboxes = page.locator("main section.cyf-meeting").count()
    assert inboxes in (teams, teams + 1)

    page.goto("/mailbox")
    receipt = speech[lang].gettext("Meeting request %(reference)s: receipt")
    mails = page.get_by_role("link").filter(
        has_text=reference, has_not_text=receipt % {"reference": reference}
    )
    expect(mails).to_have_count(inboxes)
    for href in [each.get_attribute("href") for each in mails.all()]:
        page.goto(str(href))
        text = page.locator("pre").text_content() or ""
        for each in (reference, DETAILS[lang]["requester-name"], "01632 960 102"):
            assert each in text
