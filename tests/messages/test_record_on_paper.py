"""The record opened in LibreOffice, a second reader of Word files, and printed to PDF."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from tests.messages.attached_cases import ATTACH, cases

OFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
PAGE = "\f"
Convert = Callable[[bytes, str], Path]
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(
        not (OFFICE and PDFTOTEXT),
        reason="needs libreoffice-writer-nogui and poppler-utils: ./test --full installs them",
    ),
]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """With a profile of its own, so that no setting of this machine counts."""
    folder = tmp_path_factory.mktemp("office")

    def to(content: bytes, kind: str) -> Path:
        source = folder / "record.docx"
        source.write_bytes(content)
        command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
        assert "Error" not in done.stderr
        return folder / f"record.{kind}"

    return to


def records(name: str) -> list[bytes]:
    """In the first language of the first mail, then in the other."""
    found = cases()[name]
    made = ATTACH(found.request, found.dispatches[0]).made
    return [each.content for each in made if each.filename.endswith(".docx")]


def pages_of(pdf: Path) -> list[str]:
    command = [str(PDFTOTEXT), "-layout", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return text.split(PAGE)[:-1]


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", cases())
def test_it_opens_and_every_heading_and_page_number_is_on_paper(
    name: str, convert: Convert
) -> None:
    for content in records(name):
        pages = pages_of(convert(content, "pdf"))
        document = docx.Document(io.BytesIO(content))
        headings = [each.text for each in document.paragraphs if "Heading" in each.style.name]

        assert 4 <= len(pages) <= 12
        assert [each for each in headings if words(each) not in words("\n".join(pages))] == []
        for number, page in enumerate(pages, 1):
            last = words(page.rstrip().splitlines()[-1])
            assert "CFD-" in last
            assert re.findall(r"\d+", last)[-2:] == [str(number), str(len(pages))]


def test_a_table_repeats_its_headers_on_the_next_page(convert: Convert) -> None:
    pages = pages_of(convert(records("several children")[0], "pdf"))
    with_headers = [page for page in pages if "What was said and decided" in page]
    with_agenda = [
        page for page in pages if re.search(r"^\s*(1|10|20)\s{2,}\w", page, re.MULTILINE)
    ]

    assert len(with_agenda) > 1
    assert all(page in with_headers for page in with_agenda)


def test_each_child_begins_a_page(convert: Convert) -> None:
    pages = pages_of(convert(records("several children")[0], "pdf"))
    begins = [page for page in pages if re.match(r"\s*Record for child \d", page)]

    assert [name in page for name, page in zip(("Siân", "Ifan", "Llŷr"), begins, strict=True)] == (
        [True] * 3
    )


def test_nothing_sticks_out_and_nothing_is_cut(convert: Convert) -> None:
    """Every word of the file is on the paper."""
    for content in records("adult and section 5"):
        printed = words("\n".join(pages_of(convert(content, "pdf"))))
        document = docx.Document(io.BytesIO(content))
        cells = {c.text for table in document.tables for row in table.rows for c in row.cells}
        typed = {word for cell in cells for word in cell.split()}

        assert sorted(word for word in typed if word not in printed) == []


def test_saved_again_by_another_program_it_is_the_same_document(convert: Convert) -> None:
    """Structure survives: headings, header rows and the language, as OpenDocument has them."""
    archive = zipfile.ZipFile(convert(records("several children")[0], "odt"))
    content = ElementTree.fromstring(archive.read("content.xml"))
    styles = archive.read("styles.xml").decode()
    tables = [each for each in content.iter() if each.tag.endswith("}table")]
    headers = [each for each in content.iter() if each.tag.endswith("}table-header-rows")]

    assert len(tables) == len(headers) > 8
    assert len([each for each in content.iter() if each.tag.endswith("}h")]) > 12
    assert 'fo:language="en" fo:country="GB"' in styles
