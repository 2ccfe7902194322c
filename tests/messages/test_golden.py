"""The golden mails were read by a person; what is sent now must be the same."""

from __future__ import annotations

from tests.messages.golden.cases import CASES, mails
from tests.messages.golden.files import FOLDER, differences


def test_the_mails_are_those_that_were_read() -> None:
    found = differences()

    assert not found, "\n\n".join(
        [*found, "After reading: python -m tests.messages.golden --again"]
    )
    assert len(list(FOLDER.glob("*.html"))) > 8


def test_the_golden_mails_are_of_every_procedure_in_both_orders_of_languages() -> None:
    alone = {case.procedure for name, case in CASES.items() if len(mails(name)) == 1}
    sent = [each for name in CASES for each in mails(name)]

    assert alone == {"adult", "child", "section-5"}
    assert {each.languages for each in sent} == {("cy", "en"), ("en", "cy")}
    assert {each.urgent for each in sent} == {True, False}
    assert sorted(len(mails(name)) for name in CASES)[-2:] == [2, 3]
