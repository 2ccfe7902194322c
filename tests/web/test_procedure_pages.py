"""The pages for whoever checks what the procedures say, in both languages, without a draft."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.meeting_requests.fakes import ROOT, library
from tests.web.conftest import World
from tests.web.page_checks import CLOSE, OPEN, words
from tests.web.practitioner import Practitioner
from webapp.procedures.drawing import nodes_of
from webapp.procedures.wording import Wording
from webapp.web.languages import WORDS

SVG = "{http://www.w3.org/2000/svg}"
HEAVIEST = 60_000  # bytes over the wire, for the longest table


@pytest.fixture(params=list(library().procedures))
def procedure_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(world: World, lang: str) -> Practitioner:
    """Somebody who checks facts, in each language."""
    return world.practitioner(lang)


def path(lang: str, *parts: str) -> str:
    return "/".join(["", lang, *(WORDS[lang].get(part, part) for part in parts)])


def test_the_footer_leads_to_every_picture_table_and_to_the_sources(
    reader: Practitioner, lang: str
) -> None:
    reader.get(f"/{lang}/")
    reader.get(reader.link(path(lang, "procedures")))

    assert reader.status == 200
    links = {each.get("href") for each in reader.tree.iter("a")}
    for each in library().procedures:
        assert {path(lang, "procedures", each), path(lang, "procedures", each, "table")} <= links
    assert path(lang, "sources") in links


def test_a_picture_is_named_described_and_told_in_words(
    world: World, reader: Practitioner, lang: str, procedure_id: str
) -> None:
    reader.get(path(lang, "procedures", procedure_id))
    pictures = list(reader.tree.iter(f"{SVG}svg"))
    nodes = nodes_of(
        library().procedures[procedure_id],
        Wording(
            library().procedures[procedure_id], world.services.languages[lang], library().switches
        ),
    )
    ids = {each.get("id") for each in reader.tree.iter()}

    assert reader.status == 200
    assert pictures
    for each in pictures:
        assert each.get("role") == "img"
        assert set((each.get("aria-labelledby") or "").split()) <= ids
    told = " ".join(words(each) for each in reader.tree.iter("ol"))
    assert all(" ".join(node.title.split()) in told for node in nodes)


def test_a_picture_scrolls_in_a_region_that_can_be_focused(
    reader: Practitioner, lang: str, procedure_id: str
) -> None:
    for parts in ((procedure_id,), (procedure_id, "table")):
        reader.get(path(lang, "procedures", *parts))
        regions = [each for each in reader.tree.iter("div") if each.get("role") == "region"]
        assert regions
        for each in regions:
            assert each.get("tabindex") == "0"
            assert each.get("aria-label")


def test_a_table_has_every_rule_with_its_sources(
    reader: Practitioner, lang: str, procedure_id: str
) -> None:
    reader.get(path(lang, "procedures", procedure_id, "table"))
    procedure = library().procedures[procedure_id]
    tables = list(reader.tree.iter("table"))
    rows = [len(list(each.iter("tr"))) - 1 for each in tables]

    assert rows[1] == len(procedure.flags)
    assert rows[3] == len(procedure.rules) + len(procedure.timescales)
    assert all(each.find("caption") is not None for each in tables)
    assert all(each.get("scope") for table in tables for each in table.iter("th"))


def test_every_row_of_a_table_is_as_wide_as_its_head(
    reader: Practitioner, lang: str, procedure_id: str
) -> None:
    reader.get(path(lang, "procedures", procedure_id, "table"))
    for table in reader.tree.iter("table"):
        wide, spans = len(list(table.iter("th"))[:0]) or 0, [0] * 9
        for row in table.iter("tr"):
            here = sum(int(cell.get("colspan") or 1) for cell in row) + sum(n > 0 for n in spans)
            wide = wide or here
            assert here == wide, words(row)
            spans = [max(0, n - 1) for n in spans]
            high = [int(cell.get("rowspan") or 1) for cell in row]
            for n, rows in enumerate(high):
                spans[n] = max(spans[n], rows - 1)


def test_pages_stay_light(world: World, lang: str, procedure_id: str) -> None:
    client = world.app.test_client()
    for parts in ((procedure_id,), (procedure_id, "table")):
        response = client.get(path(lang, "procedures", *parts))
        assert len(gzip.compress(response.get_data())) < HEAVIEST


def test_every_document_is_on_the_sources_page_and_says_where_it_is_in_english_only(
    world: World,
) -> None:
    reader = world.practitioner("cy").get(path("cy", "sources"))
    links = {each.get("href"): each for each in reader.tree.iter("a")}
    documents = list(reader.tree.iter("section"))

    assert len(documents) == len(library().sources)
    for source in library().sources.values():
        address = source.url_cy or source.url_en
        if address:
            wanted = None if source.url_cy else "en"
            assert links[address].get("hreflang") == wanted
    only_english = sum(bool(not each.url_cy and each.url_en) for each in library().sources.values())
    assert reader.text.count("This document is in English.") == only_english


def test_the_gaps_stand_on_the_sources_page(reader: Practitioner, lang: str) -> None:
    reader.get(path(lang, "sources"))

    assert library().gaps
    for gap in library().gaps:
        assert gap.english in reader.text


def test_the_gaps_of_the_page_are_those_of_the_readme() -> None:
    readme = (ROOT / "decision_trees" / "README.md").read_text(encoding="utf-8")
    section = " ".join(readme.partition("## What still needs a person")[2].split())
    listed = re.split(r"(?:^| )- (?=[A-Z])", section)[1:]

    assert [each.strip() for each in listed] == [gap.english for gap in library().gaps]


def test_a_document_says_what_rests_on_it(reader: Practitioner, lang: str) -> None:
    reader.get(path(lang, "sources"))
    text = reader.text.replace(OPEN, "").replace(CLOSE, "")

    assert "Rules: " in text
    assert "Time limits: " in text


def test_a_document_says_which_version_it_is(reader: Practitioner, lang: str) -> None:
    reader.get(path(lang, "sources"))
    text = reader.text.replace(OPEN, "").replace(CLOSE, "")

    for words_of_version in ("first edition", "revised edition", "it is dated 16", "it names none"):
        assert f"Version: {words_of_version}" in text


def test_an_unknown_procedure_is_not_found(reader: Practitioner, lang: str) -> None:
    for parts in (("nothing",), ("nothing", "table")):
        assert reader.get(path(lang, "procedures", *parts)).status == 404


@pytest.mark.parametrize("parts", [("procedures",), ("sources",), ("procedures", "adult")])
def test_each_page_leads_to_its_twin(world: World, parts: tuple[str, ...]) -> None:
    reader = world.practitioner("en").get(path("en", *parts))

    assert path("cy", *parts) in {each.get("href") for each in reader.tree.iter("a")}


def test_the_style_sheet_of_these_pages_is_only_on_these_pages(world: World) -> None:
    def sheets(where: str) -> int:
        html = world.app.test_client().get(where).get_data(as_text=True)
        return html.count('rel="stylesheet"')

    assert sheets("/en/") == 1
    assert sheets("/en/sources") == 2


def test_paper_is_a3_on_its_side() -> None:
    style = Path(ROOT / "webapp" / "web" / "assets" / "checking.scss").read_text(encoding="utf-8")

    assert re.search(r"@page \{\s*size: A3 landscape", style)
