"""What happens to a draft when people do what people do: two tabs, back, reload, press twice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.cases import DETAILS, MANY_SIDED, SIMPLE, Answers
from tests.browser.looking import OpenBrowser
from tests.browser.people import MousePractitioner, follow
from tests.browser.practitioner import Practitioner, draft_of
from tests.browser.tours import COUNCIL
from webapp.messages.language import Language
from webapp.procedures.library import Library

NewPractitioner = Callable[..., Practitioner]


def simple(lang: str, **changes: str | list[str]) -> Answers:
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    return SIMPLE | {"area-of-concern": COUNCIL[lang]} | named


def answers_shown(page: Page) -> str:
    """The lists of answers on a recommendation or check page, also where they are folded."""
    return " ".join(page.locator("dl.govuk-summary-list").all_text_contents())


def ready_to_send(new: NewPractitioner, lang: str, phone: str) -> Practitioner:
    """A practitioner on the check page; another phone number makes it another request."""
    person = new(lang)
    arrived = person.decide(simple(lang))
    person.describe(draft_of(arrived.path), DETAILS[lang] | {"requester-phone": phone})
    return person


def test_two_drafts_in_two_tabs_never_mix(
    lang: str,
    open_browser: OpenBrowser,
    new_practitioner: NewPractitioner,
    library: Library,
    speech: dict[str, Language],
) -> None:
    """Two people at risk, question by question in turn, in one browser."""
    person = new_practitioner(lang)
    cases = [simple(lang, crime="yes"), simple(lang, crime="no", circumstances=["self-neglect"])]
    tabs = [person.start(), person.start()]
    for _page in range(40):
        for number, (tab, case) in enumerate(zip(tabs, cases, strict=True)):
            if 'id="page"' in tab.html:
                tabs[number] = person.answer(tab, case)
    context = open_browser(storage_state=person.cookies())
    shown = []
    for tab in tabs:
        page = context.new_page()
        page.goto(tab.path)
        shown.append(answers_shown(page))
    suspected = library.procedures["adult"].questions["circumstances"].choices
    said = {each: speech[lang].text(suspected[each].text) for each in suspected}
    assert said["financial-abuse"] in shown[0]
    assert said["financial-abuse"] not in shown[1]
    assert said["self-neglect"] in shown[1]
    assert said["self-neglect"] not in shown[0]
    assert len(context.cookies()) == 2


def _start(
    context: BrowserContext, lang: str, library: Library, speech: dict[str, Language]
) -> MousePractitioner:
    page = context.new_page()
    page.goto(f"/{lang}/")
    follow(page.locator("button[name=procedure][value=adult]"))
    return MousePractitioner(page, library.procedures["adult"], speech[lang])


def test_a_fifth_draft_waits_until_another_is_closed(
    lang: str, open_browser: OpenBrowser, library: Library, speech: dict[str, Language]
) -> None:
    context = open_browser()
    tabs = [_start(context, lang, library, speech).page for _tab in range(5)]
    assert len({tab.url for tab in tabs[:4]}) == 4
    closing = tabs[4].locator("form[action$=cau] button, form[action$=close] button")
    expect(closing).to_have_count(4)
    follow(closing.first)
    expect(closing).to_have_count(3)
    tabs[4].goto(f"/{lang}/")
    follow(tabs[4].locator("button[name=procedure][value=adult]"))
    assert tabs[4].locator("form#page input[type=radio]").count()


def test_back_after_sending_leads_to_where_the_request_has_got_to(
    lang: str, open_browser: OpenBrowser, new_practitioner: NewPractitioner
) -> None:
    person = ready_to_send(new_practitioner, lang, "01632 960 111")
    check = person.responses[-1].path
    page = open_browser(storage_state=person.cookies()).new_page()
    page.goto(check)
    follow(page.locator("form#send button"))
    page.wait_for_url("**/CFD-*")
    sent = page.url
    page.go_back()
    page.wait_for_url(sent)
    assert sent.rpartition("/")[2] in page.locator("main").inner_text()


def test_reload_and_a_second_press_give_the_same_reference(
    lang: str, open_browser: OpenBrowser, new_practitioner: NewPractitioner
) -> None:
    person = ready_to_send(new_practitioner, lang, "01632 960 112")
    form = person.responses[-1].form("send")
    # two presses at once: both leave before the first answer has come
    other = new_practitioner(lang, person.cookies())
    first, second = person.post(form.path, form.values), other.post(form.path, form.values)
    assert "/CFD-" in first.path
    assert second.path == first.path
    # a third press, after the answer: the draft is closed by now
    assert person.post(form.path, form.values).path == first.path
    page = open_browser(storage_state=person.cookies()).new_page()
    page.goto(first.path)
    page.reload()
    reference = first.path.rpartition("/")[2]
    assert reference in page.locator("main").inner_text()
    page.goto("/mailbox")
    # the duty team's mail and the receipt, each once
    expect(page.get_by_role("link").filter(has_text=reference)).to_have_count(2)


def test_a_detail_changed_after_sending_is_not_sent_as_if_it_were_new(
    lang: str, new_practitioner: NewPractitioner
) -> None:
    """One tab sends, another changes a detail, and the first page is sent once more."""
    person = ready_to_send(new_practitioner, lang, "01632 960 114")
    draft, form = draft_of(person.responses[-1].path), person.responses[-1].form("send")
    late = new_practitioner(lang, person.cookies())
    reference = person.post(form.path, form.values).path.rpartition("/")[2]
    change = late.get(late.address("journey", draft, "details", "1"))
    late.post(change.path, change.form().values | {"concern-injuries": ["?"]})
    said = late.post(form.path, form.values)
    assert reference in said.html
    assert said.status == 409


def test_a_deep_link_to_a_later_question_is_explained_and_led_back(
    lang: str,
    open_browser: OpenBrowser,
    library: Library,
    speech: dict[str, Language],
    new_practitioner: NewPractitioner,
) -> None:
    person = new_practitioner(lang)
    first = person.start()
    later = library.procedures["adult"].questions["capacity"].code
    page = open_browser(storage_state=person.cookies(), java_script_enabled=False).new_page()
    for place in (later, person.words["recommendation"], person.words["check"]):
        page.goto(person.address("journey", draft_of(first.path), place))
        assert first.path in page.url
        expect(page.locator(".govuk-inset-text")).to_be_visible()
    question = library.procedures["adult"].questions["danger"]
    expect(page.locator("h1")).to_have_text(speech[lang].text(question.text))


def test_changing_an_early_answer_drops_what_no_longer_counts(
    lang: str,
    open_browser: OpenBrowser,
    library: Library,
    speech: dict[str, Language],
    new_practitioner: NewPractitioner,
) -> None:
    """The adult turns out to lack capacity: what was said of agreement is gone, also later."""
    person = new_practitioner(lang)
    arrived = person.decide(MANY_SIDED | {"area-of-concern": COUNCIL[lang]})
    questions, language = library.procedures["adult"].questions, speech[lang]
    page = open_browser(storage_state=person.cookies()).new_page()
    page.goto(arrived.path)
    stale = [language.text(questions[each].text) for each in ("consent", "grounds")]
    short = [language.text(questions[each].short) for each in ("consent", "grounds")]
    assert any(each in answers_shown(page) for each in (*stale, *short))

    change = page.locator(f"a[href*='/{questions['capacity'].code}?change=recommendation']")
    page.locator("details", has=change).locator("summary").click()
    follow(change)
    mouse = MousePractitioner(page, library.procedures["adult"], language)
    mouse.answer(questions["capacity"], "lacks")
    mouse.press("Continue")
    assert page.url.endswith(person.words["recommendation"])
    assert not [each for each in (*stale, *short) if each in answers_shown(page)]

    page.goto(person.address("journey", draft_of(arrived.path), questions["consent"].code))
    assert page.url.endswith((person.words["recommendation"], "?from=later"))


def test_the_resume_code_opens_a_hidden_draft_and_a_draft_on_another_device(
    lang: str, open_browser: OpenBrowser, new_practitioner: NewPractitioner
) -> None:
    person = ready_to_send(new_practitioner, lang, "01632 960 113")
    check = person.responses[-1].path
    first = open_browser(storage_state=person.cookies()).new_page()
    first.goto(check)
    follow(first.locator("form[action$=cuddio] button, form[action$=hide] button"))
    code = first.locator(".cyf-reference").inner_text()
    first.goto(check)
    assert DETAILS[lang]["person-name"] not in first.content()
    for page in (first, open_browser().new_page()):
        page.goto(person.address("resume"))
        page.locator("form#page input[type=text]").fill(f" {code.lower()} ")
        follow(page.locator("form#page button.govuk-button"))
        page.goto(check)
        assert DETAILS[lang]["person-name"] in page.locator("main").inner_text()
