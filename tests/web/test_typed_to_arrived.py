"""From the boxes of the form to the files in the mailbox: names arrive as they were typed."""

from __future__ import annotations

import io
import json

import docx
import pytest
from docx.oxml.ns import qn

from tests.browser.cases import SIMPLE
from tests.messages.test_round_trip import NAMES
from tests.web.canaries import sent_by
from tests.web.conftest import World


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_was_typed_into_the_form_arrives(world: World, lang: str, line_end: str) -> None:
    practitioner = world.at_check(lang, SIMPLE)
    page = practitioner.path
    practitioner.get(practitioner.link("/1?"))
    told = line_end.join(NAMES)
    practitioner.fill_details({"concern-what": told})
    assert practitioner.path.partition("?")[0] == page, practitioner.errors()
    practitioner.submit("send")

    team = next(each for each in sent_by(world) if list(each.iter_attachments()))
    files = {str(part.get_filename()): part.get_content() for part in team.iter_attachments()}
    data = next(json.loads(content) for name, content in files.items() if name.endswith("json"))
    happened = next(each for each in data["details"] if each["id"] == "concern-what")
    assert happened["text"].split("\n") == NAMES
    for name, content in files.items():
        if name.endswith(".docx"):
            assert "\n".join(NAMES) in _paragraphs(content)


def _paragraphs(content: bytes) -> set[str]:
    document = docx.Document(io.BytesIO(content))
    return {each.text for each in document.element.body.iter(qn("w:p"))}
