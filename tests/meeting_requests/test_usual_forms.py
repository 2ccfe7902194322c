"""Phone numbers and postcodes: what is unmistakable gets its usual form, all else is left."""

from __future__ import annotations

import pytest

from webapp.meeting_requests.usual_forms import usual_phone, usual_postcodes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+44 (0)29 2018 0990", "029 2018 0990"),
        ("+442920180990", "029 2018 0990"),
        ("0044 29 2018 0990", "029 2018 0990"),
        ("02920180990", "029 2018 0990"),
        ("(029)20180990", "029 2018 0990"),
        ("029-2018-0990", "029 2018 0990"),
        ("01632960001", "01632 960001"),
        ("+44 1632 960001", "01632 960001"),
        ("07700900001", "07700 900001"),
        ("01134960001", "0113 496 0001"),
        ("08081570001", "0808 157 0001"),
        ("02920180990 ext 12", "029 2018 0990 ext 12"),
        ("+44 29 2018 0990, est. 12", "029 2018 0990, est. 12"),
        ("02920180990x12", "029 2018 0990x12"),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_here(typed: str, kept: str) -> None:
    assert usual_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "029 2018 0990", "01632 960 001", "029 20180990 ext 12", "999", "+1 202 555 0123",
        "+353 1 234 5678", "0292018099", "07700900001 or 07700900002", "ask for Mair",
        "01632960001 (work)", "",
    ],
)  # fmt: skip
def test_what_has_its_spaces_or_is_no_uk_number_stays_as_it_was_typed(typed: str) -> None:
    assert usual_phone(typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1 Invented Road\ncf101aa", "1 Invented Road\nCF10 1AA"),
        ("1 Invented Road, Cf10  1Aa", "1 Invented Road, CF10 1AA"),
        ("ll13 8bg, Wrecsam", "LL13 8BG, Wrecsam"),
        ("NP201AA.", "NP20 1AA."),
        ("CF10 1AA", "CF10 1AA"),
    ],
)
def test_a_postcode_is_kept_in_capitals_with_one_space(typed: str, kept: str) -> None:
    assert usual_postcodes(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["s47 3rd", "Flat e1 2nd", "Unit m1 2nd floor", "section s47 5pm", "a12 3ab", "b12 3am",
     "ward SA1 1AB west", "xcf10 1aa", "cf10 1aax", "CF10-1AA", "Heol Ddychmygol, Gŵydir"],
)  # fmt: skip
def test_what_may_be_something_else_stays_as_it_was_typed(typed: str) -> None:
    assert usual_postcodes(typed) == typed
