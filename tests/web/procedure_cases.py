"""Cases of the child and Section 5 procedures, and what is typed for them. Nobody here exists."""

from __future__ import annotations

from tests.browser.cases import CARDIFF, GWYNEDD, Answers, Details
from tests.browser.cases import DETAILS as ADULT_DETAILS

CHILD: Answers = {
    "danger": "no",
    "user": "other-agency",
    "area-of-person": CARDIFF,
    "emergency-action": ["none"],
    "child-age": "under-18",
    "others-at-risk": ["none"],
    "crime": "no",
    "position-of-trust": "no",
    "conflict-of-interest": ["none"],
    "person-place": "same-area",
    "concern-identified": "yesterday",
    "reported": "yes",
    "report-received": "yesterday",
    "report-how": "telephone",
    "harm": "yes",
    "care-and-support": "yes",
    "significant-harm": "yes",
    "section-47": "not-begun",
    "suspected": ["neglect"],
    "complex-signs": ["none"],
    "risk": "medium",
    "alleged-abuser": ["adult"],
    "hospital": ["none"],
    "medical": "no",
    "child-voice": ["has-told"],
    "parents": ["told-agree"],
    "agencies-involved": ["education"],
    "raised-by": "practitioner",
    "other-authority": ["none"],
    "open-case": "no",
    "legal-action": "no",
    "preferred-language": "welsh",
    "communication": ["none"],
    "police-told": "yes",
    "designated-officer-told": "no",
    "employer-knows": "no",
}
# A foster carer, an older child who may have harmed, another adult and another child at risk:
# every meeting that the child procedure can yield under the Wales default.
CHILD_MANY: Answers = CHILD | {
    "user": "social-services",
    "area-of-person": GWYNEDD,
    "others-at-risk": ["children", "adults"],
    "crime": "yes",
    "position-of-trust": "yes",
    "section-47": "begun",
    "section-47-started": "yesterday",
    "suspected": ["sexual-abuse-recent", "physical-abuse"],
    "complex-signs": ["several-abusers", "organised"],
    "risk": "high",
    "alleged-abuser": ["adult", "under-18"],
    "hospital": ["in-patient"],
    "medical": "yes",
    "parents": ["not-told-risk"],
    "raised-by": "public",
    "preferred-language": "other",
    "communication": ["interpreter"],
}
CHILD_URGENT: Answers = CHILD | {"danger": "yes", "danger-action": "called"}

SECTION_5: Answers = {
    "danger": "no",
    "user": "other-agency",
    "area-of-concern": CARDIFF,
    "two-areas": "no",
    "position-of-trust": "yes",
    "identified": ["none"],
    "others-at-risk": ["none"],
    "own-children": ["none"],
    "significant-harm": "no",
    "adult-at-risk": "no",
    "person-place": "same-area",
    "crime": "not-sure",
    "conflict-of-interest": ["none"],
    "section-5-stage": "discussion",
    "concern-identified": "yesterday",
    "designated-officer-told": "no",
    "police-told": "no",
    "reported": "yes",
    "criteria": ["harmed"],
    "criteria-revised": ["harmed"],
    "life-area": ["work"],
    "wider-contact": "not-known",
    "setting": ["school"],
    "employer-knows": "no",
    "implicated": ["worker"],
    "registered-with": ["education-workforce-council"],
    "safeguards": ["none"],
    "earlier-concerns": "not-known",
    "press": "no",
    "legal-question": "no",
    "raised-by": "public",
}
SECTION_5_MANY: Answers = SECTION_5 | {
    "identified": ["child", "adult"],
    "significant-harm": "yes",
    "adult-at-risk": "yes",
    "area-of-concern": GWYNEDD,
}
SECTION_5_URGENT: Answers = SECTION_5 | {"danger": "yes", "danger-action": "called"}

CASES = {
    "child": {"simple": CHILD, "many-sided": CHILD_MANY, "urgent": CHILD_URGENT},
    "section-5": {
        "simple": SECTION_5,
        "many-sided": SECTION_5_MANY,
        "urgent": SECTION_5_URGENT,
    },
}

_SHARED: Details = {
    "child-school": "Ysgol Ddychmygol",
    "parents-names": "Eleri a Huw Dychmygol",
    "parents-responsibility": "Eleri Dychmygol",
    "parents-told-what": "Dim",
    "alleged-post": "Athro cyflenwi",
    "alleged-employer": "Ysgol Ddychmygol",
    "alleged-aware": "does-not-know",
    "alleged-who-knows": "Y dirprwy bennaeth",
    "alleged-interim": "Gwyliau hanner tymor",
    "other-children-1-name": "Cai Dychmygol",
    "other-children-1-voice": "Mae Cai yn dawel",
}
DETAILS = {lang: typed | _SHARED for lang, typed in ADULT_DETAILS.items()}
