"""Linked requests to several inboxes: no mail holds what only another may see, attachments too."""

from __future__ import annotations

import pytest

from tests.web.canaries import parts_of, sent_by, whole_journey
from tests.web.conftest import World

# By the procedure of the inbox: boxes whose words may stand there, and boxes that must not.
# Written out by hand: read from the same data as the mails, it could not fail.
ONLY_FOR: dict[str, dict[str, tuple[set[str], set[str]]]] = {
    "adult with Section 5": {
        "adult": (
            {"concern-what", "person-wishes", "person-phone", "raised-public", "interpreter-avoid"},
            {"alleged-post", "alleged-employer"},
        ),
        "section-5": (
            {"concern-what", "alleged-post", "alleged-employer", "requester-name"},
            {
                *("person-wishes", "person-phone", "person-address", "person-where-now"),
                *("raised-public", "raised-public-phone", "raised-public-phone-how"),
                *("representative-name", "interpreter-avoid", "communication-needs"),
                *("consent-grounds", "concern-injuries", "concern-visitor-safety"),
            },
        ),
    },
    "child with every linked meeting": {
        "child": (
            {"concern-what", "parents-names", "person-wishes", "other-children-1-voice"},
            {"alleged-post", "alleged-employer"},
        ),
        "section-5": (
            {"concern-what", "alleged-post", "alleged-employer"},
            {
                *("parents-names", "parents-responsibility", "child-school"),
                *("person-wishes", "person-where-now", "other-children-1-name"),
                *("other-children-1-voice", "raised-public", "concern-injuries"),
            },
        ),
        "adult": (
            {"concern-what"},
            {
                *("other-children-1-name", "other-children-1-voice", "parents-names"),
                *("child-school", "person-wishes", "raised-public"),
                *("alleged-post", "alleged-employer"),
            },
        ),
    },
}


@pytest.mark.parametrize("which", ONLY_FOR)
def test_each_inbox_gets_what_it_needs_and_nothing_that_is_for_another(
    world: World, lang: str, which: str
) -> None:
    canaries = whole_journey(world, lang, which)
    [submitted] = [sent for sent, *_ in world.store.requests.values()]
    inboxes = {each.to: each.procedure for each in submitted.dispatches if each.kind == "request"}
    assert sorted(inboxes.values()) == sorted(ONLY_FOR[which])

    for mail in sent_by(world):
        procedure = inboxes.get(str(mail["To"]))
        if procedure is None:
            continue  # the receipt, which holds none of it: see test_canaries
        may, must_not = ONLY_FOR[which][procedure]
        held = {name for _, text in parts_of(mail) for name in canaries.found_in(text)}
        assert may <= held, (procedure, may - held)
        assert not must_not & held, (procedure, must_not & held)
        assert must_not <= set(canaries.by_name), must_not - set(canaries.by_name)
