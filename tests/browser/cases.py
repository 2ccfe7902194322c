"""Invented cases: answers by question id, and details by field id. Nobody here exists.

A date is "today", "yesterday" or a number of days from today; `Person` and the walkers know how
each question is asked, so a case says only what is answered.
"""

from __future__ import annotations

from collections.abc import Mapping

Answers = dict[str, str | list[str]]
Details = dict[str, str]

GWYNEDD, POWYS, CARDIFF, MERTHYR = "W06000002", "W06000023", "W06000015", "W06000024"

# Every question that most cases share, answered in the least remarkable way.
ORDINARY: Answers = {
    "danger": "no",
    "user": "other-agency",
    "area-of-concern": CARDIFF,
    "person-place": "same-area",
    "area-of-person": CARDIFF,
    "others-at-risk": ["none"],
    "significant-harm": "no",
    "crime": "no",
    "position-of-trust": "no",
    "mappa": "no",
    "conflict-of-interest": ["none"],
    "age": "yes",
    "experiencing": "yes",
    "care-needs": "yes",
    "unable-to-protect": "yes",
    "concern-identified": "yesterday",
    "reported": "yes",
    "report-received": "yesterday",
    "report-how": "telephone",
    "same-day": ["none"],
    "stage": "first",
    "screening": "enquiries",
    "enquiries": "concluded",
    "enquiries-concluded": "yesterday",
    "determination": "determination-3",
    "circumstances": ["financial-abuse"],
    "mappa-release": "not-known",
    "urgent-action": ["none"],
    "domestic-abuse": "no",
    "marac": "yes",
    "capacity": "has",
    "consent": "given",
    "not-asked-reason": ["cannot-reach"],
    "grounds": ["none"],
    "preferred-language": "welsh",
    "communication": ["none"],
    "help-to-take-part": "no",
    "appropriate-person": "no",
    "representative": "family-or-friend",
    "setting": ["own-home"],
    "commissioned": ["no-service"],
    "implicated": ["nobody"],
    "police-told": "yes",
    "designated-officer-told": "no",
    "employer-knows": "no",
    "delegated": "yes",
    "legal": ["none"],
    "agencies-involved": ["health"],
    "risk": "medium",
    "complexity": ["none"],
    "raised-by": "practitioner",
}


def case(**changes: str | list[str]) -> Answers:
    """The ordinary case with some answers changed: `user="other"` or `area_of_concern=…`."""
    return {**ORDINARY, **{name.replace("_", "-"): value for name, value in changes.items()}}


# A worker in a care home, with a release from prison, domestic abuse and a refusal: it meets
# nearly every question, and two meetings come of it.
MANY_SIDED = case(
    user="social-services",
    area_of_concern=GWYNEDD,
    person_place="another-area",
    others_at_risk=["children", "adults"],
    crime="yes",
    position_of_trust="yes",
    mappa="yes",
    unable_to_protect="coercion",
    same_day=["physical-injury"],
    determination="determination-1",
    circumstances=["neglect", "professional-or-staff", "mappa-release"],
    mappa_release="5",
    urgent_action=["protective-action"],
    domestic_abuse="yes",
    capacity="fluctuates",
    consent="withheld",
    grounds=["coercion", "crime"],
    preferred_language="other",
    communication=["interpreter"],
    help_to_take_part="yes",
    setting=["care-home"],
    commissioned=["local-authority", "health-board"],
    implicated=["worker"],
    agencies_involved=["police", "health", "ciw", "provider", "commissioner"],
    risk="high",
    complexity=["complex"],
    raised_by="public",
)
URGENT = case(danger="yes", danger_action="called")
SIMPLE = case()

# What to change in the simple case for each result that is not a meeting, and for what no case
# above meets. In the order of the questions.
SOCIAL_WORKER: Answers = {"user": "social-services"}
OTHER_RESULTS: Mapping[str, Answers] = {
    "under-18": {"age": "no"},
    "outside-wales": {"area-of-concern": "outside-wales", "person-place": "outside-wales"},
    "report-first": {"reported": "no"},
    "test-not-met": {"care-needs": "no"},
    "no-further-action": SOCIAL_WORKER | {"screening": "one-off"},
    "assessment": SOCIAL_WORKER | {"screening": "assessment"},
    "enquiries-continue": SOCIAL_WORKER | {"enquiries": "under-way"},
    "refusal-respected": {"consent": "withheld"},
    "conference": SOCIAL_WORKER | {"stage": "conference", "conference-date": "20"},
    "review": SOCIAL_WORKER | {"stage": "review", "last-review": "-40"},
    "not-asked": {"consent": "not-asked"},
    "leaving hospital": {"setting": ["nhs-hospital"]},
}

# What each language's practitioner types. The keys are field ids of decision_trees/details.yaml.
_SHARED: Details = {
    "person-born": "1941-03-02",
    "person-phone": "01632 960 101",
    "person-phone-safe": "only-as-described",
    "requester-phone": "01632 960 102",
    "requester-phone-safe": "ring-only",
    "requester-email": "mair@ward-example.example",
    "requester-email-keep-off": "may-mail",
    "meeting-language": "welsh",
    "meeting-mode": "video",
    "after-shift-phone": "01632 960 103",
}
DETAILS: Mapping[str, Details] = {
    "cy": _SHARED
    | {
        "concern-what": "Clywyd gweiddi, ac roedd cleisiau ar ei breichiau.\nMae hi’n ofni siarad.",
        "concern-need-tonight": "Lle diogel i aros heno",
        "concern-last-incident": "Neithiwr, tua hanner nos",
        "person-name": "Lowri Dychmygol",
        "person-address": "1 Heol Ddychmygol, Gŵydir",
        "person-where-now": "Gartref, 1 Heol Ddychmygol",
        "person-safe-until": "Tan wyth o’r gloch heno",
        "person-wishes": "Mae hi am aros gartref yn ddiogel",
        "alleged-name": "Osian Dychmygol",
        "alleged-relationship": "Gweithiwr yn y cartref",
        "requester-name": "Mair Ffugenw",
        "requester-role": "Nyrs ardal",
        "requester-agency": "Bwrdd iechyd dychmygol",
    },
    "en": _SHARED
    | {
        "concern-what": "Shouting was heard, and her arms were bruised.\nShe is afraid to speak.",
        "concern-need-tonight": "A safe place to stay tonight",
        "concern-last-incident": "Last night, about midnight",
        "person-name": "Alice Invented",
        "person-address": "1 Invented Road, Elsewhere",
        "person-where-now": "At home, 1 Invented Road",
        "person-safe-until": "Until 8pm tonight",
        "person-wishes": "She wants to stay at home and be safe",
        "alleged-name": "Bob Invented",
        "alleged-relationship": "A worker in the home",
        "requester-name": "Carol Pseudonym",
        "requester-role": "District nurse",
        "requester-agency": "An invented health board",
    },
}

# A journey to the mail through each procedure, and how many duty teams it reaches. What is not
# answered here is answered in the least remarkable way.
CHILD: Answers = {
    "danger": "no",
    "user": "other-agency",
    "area-of-concern": GWYNEDD,
    "area-of-person": GWYNEDD,
    "person-place": "same-area",
    "child-age": "under-18",
    "others-at-risk": ["none"],
    "concern-identified": "yesterday",
    "reported": "yes",
    "report-received": "yesterday",
    "harm": "yes",
    "care-and-support": "appears",
    "significant-harm": "yes",
    "suspected": ["physical-abuse"],
    "agencies-involved": ["education"],
    "raised-by": "practitioner",
}
SECTION_5: Answers = {
    "danger": "no",
    "user": "other-agency",
    "area-of-concern": GWYNEDD,
    "position-of-trust": "yes",
    "identified": ["none"],
    "others-at-risk": ["none"],
    "section-5-stage": "discussion",
    "concern-identified": "yesterday",
    "criteria": ["unsuitable"],
    "setting": ["school"],
    "raised-by": "practitioner",
}
COMBINED = CHILD | {
    "user": "social-services",
    "others-at-risk": ["children", "adults"],
    "position-of-trust": "yes",
    "crime": "yes",
}
JOURNEYS: Mapping[str, tuple[str, Answers, int]] = {
    "child": ("child", CHILD, 1),
    "section-5": ("section-5", SECTION_5, 1),
    "child with linked meetings": ("child", COMBINED, 3),
}
