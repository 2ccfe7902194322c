"""What protects every response and every form."""

from __future__ import annotations

import gzip

import pytest

from tests.web.conftest import World
from tests.web.practitioner import Practitioner

OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
    {"Origin": "http://["},
    {"Origin": "https://[::1"},
    {"Origin": "http://[evil]:80"},
]
OURS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", OTHERS)
def test_a_form_from_another_site_goes_nowhere(
    practitioner: Practitioner, headers: dict[str, str]
) -> None:
    practitioner.start()

    practitioner.post(practitioner.path, practitioner.typed(), headers=headers)

    assert practitioner.status == 403


@pytest.mark.parametrize("headers", OURS)
def test_our_own_form_is_taken_from_old_browsers_and_new(
    practitioner: Practitioner, headers: dict[str, str]
) -> None:
    practitioner.start()
    code = practitioner.asked()[0].code

    practitioner.post(practitioner.path, practitioner.typed() | {code: ["no"]}, headers=headers)

    assert practitioner.status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", ""])
def test_an_unknown_host_is_refused_and_never_repeated(world: World, host: str) -> None:
    response = world.app.test_client().get("/cy/", headers={"Host": host})

    assert response.status_code == 400
    assert "evil" not in response.get_data(as_text=True)


def test_a_forwarded_host_changes_nothing(world: World) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}

    response = world.app.test_client().get("/cy/", headers=headers)

    assert "evil" not in response.get_data(as_text=True) + str(response.headers)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https:evil", "javascript:alert(1)", "%0d%0aX: y"],
)
def test_no_parameter_leads_elsewhere(world: World, target: str) -> None:
    practitioner = world.practitioner().start()
    page = practitioner.path

    practitioner.get(f"{page}?change={target}&from={target}&next={target}")

    assert practitioner.status == 200
    code = practitioner.asked()[0].code
    practitioner.submit(**{code: "no"})
    assert practitioner.path.startswith("/en/journey/")


def test_static_files_are_kept_for_ever_and_nothing_else_is(world: World) -> None:
    practitioner = world.practitioner().get("/en/")
    sheet = next(e for e in practitioner.tree.iter("link") if e.get("rel") == "stylesheet")

    response = world.app.test_client().get(sheet.get("href") or "")

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("manifest.json", "../templates/pages/home.html", "%2e%2e/x", "main.css"):
        assert world.app.test_client().get(f"/static/{name}").status_code == 404


def test_pages_are_compressed_for_those_who_take_it(world: World) -> None:
    client = world.app.test_client()

    plain = client.get("/cy/")
    zipped = client.get("/cy/", headers={"Accept-Encoding": "gzip, deflate, br"})

    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.headers["Vary"]
    refused = client.get("/cy/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_the_first_view_fits_into_the_first_round_of_packets(world: World, lang: str) -> None:
    practitioner = world.practitioner(lang).start()
    pages = ["/", f"/{lang}/", practitioner.path]
    sheet = next(
        each.get("href") or ""
        for each in practitioner.tree.iter("link")
        if each.get("rel") == "stylesheet"
    )
    accepts = {"Accept-Encoding": "gzip"}
    css = len(practitioner.client.get(sheet, headers=accepts).data)

    sizes = {page: css + len(practitioner.client.get(page, headers=accepts).data) for page in pages}

    print(sizes)
    assert max(sizes.values()) <= 14_600


def test_reading_a_page_with_head_gives_its_headers(world: World) -> None:
    response = world.app.test_client().head("/cy/")

    assert response.status_code == 200
    assert "Content-Security-Policy" in response.headers


def test_the_mailbox_is_there_only_for_the_folder_mailer_on_this_machine(
    world: World,
) -> None:
    assert world.settings.has_mailbox
    assert world.app.test_client().get("/mailbox").status_code == 200


def test_a_mails_own_page_may_load_and_run_nothing(world: World) -> None:
    practitioner = world.at_check("en", **{"concern-what": "<img src=x onerror=alert(1)>"})
    practitioner.submit("send")
    practitioner.get("/mailbox")
    practitioner.get(practitioner.link("/mailbox/"))
    frame = next(practitioner.tree.iter("iframe"))

    assert frame.get("sandbox") == ""
    response = practitioner.client.get(frame.get("src") or "")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "<img src=x" not in response.get_data(as_text=True)


def test_a_mail_that_is_not_there_is_not_found(world: World) -> None:
    for name in ("x.eml", "..%2fkeys.json", "%2e%2e"):
        assert world.app.test_client().get(f"/mailbox/{name}").status_code == 404
