"""The keys that each part of a tree may have, and what must be there.

A shape maps a key to a checker name; a key ending in `!` is required. `loading` reads it.
"""

from __future__ import annotations

BASED = {"source!": "sources", "cites!": "ids"}
RULED = {**BASED, "strength!": "strength", "derived": "truth", "because": "text"}

OPTION = {
    "id!": "id",
    "text!": "text",
    "hint": "text",
    "leads_to": "id",
    "exclusive": "truth",
    "prefill": "condition",
    "cites": "ids",
    "record_only": "truth",
}
BAND = {
    "id!": "id",
    "text!": "text",
    "is": "comparison",
    "than": "id",
    "amount": "number",
    "unit": "unit",
    "leads_to": "id",
}
QUESTION = {
    **BASED,
    "question!": "id",
    "kind!": "kind",
    "text!": "text",
    "short": "text",
    "hint": "text",
    "options!": [OPTION],
    "options_from": "id",
    "bands": [BAND],
    "when": "condition",
    "not_future": "truth",
    "can_wait": "truth",
    "meanwhile": "id",
    "record_only": "truth",
}
EXIT = {"exit!": "id", "when!": "condition"}
GROUP = {"title!": "text", "hint": "text", "questions!": "ids", "when": "condition"}
FLAG = {**BASED, "text!": "text", "when!": "condition"}
RESULT = {
    **BASED,
    "title!": "text",
    "body!": "texts",
    "next_steps!": "texts",
    "meeting!": "truth",
    "hands_over_to": "id",
}
TYPE = {**RULED, "id!": "id", "type!": "id", "modes!": "ids", "when": "condition"}
CHAIR = {**RULED, "id!": "id", "chair!": "id", "when": "condition"}
MEETING = {
    **BASED,
    "procedure!": "id",
    "title!": "text",
    "when!": "condition",
    "authority!": "ids",
    "anyway": "truth",
    "types!": [TYPE],
    "chairs!": [CHAIR],
}
RULE = {
    **RULED,
    "id!": "id",
    "meeting": "id",
    "when": "condition",
    "attendee": "id",
    "status": "id",
    "agenda": "text",
    "duty": "text",
    "action": "text",
    "warning": "text",
    "prepare": "text",
    "minimum_action": "text",
    "record": "text",
    "circulate": "text",
    "escalate": "text",
    "urgent": "truth",
}
TIMESCALE = {
    **RULED,
    "text!": "text",
    "meeting": "id",
    "amount": "number",
    "unit!": "unit",
    "runs_from!": "id",
    "met_by": "id",
    "force!": "force",
    "deadline": "truth",
    "when": "condition",
}
TREE = {
    "procedure!": "id",
    "title!": "text",
    "version!": "date",
    "default_result!": "id",
    "groups": {"*": GROUP},
    "flags!": {"*": FLAG},
    "sequence!": "sequence",
    "results!": {"*": RESULT},
    "meetings!": {"*": MEETING},
    "rules!": [RULE],
    "timescales!": {"*": TIMESCALE},
    "events!": {"*": {"text!": "text"}},
    "agencies!": {"*": {"when!": "condition"}},
    "agency_bands!": {"*": {"least!": "number", "most": "number"}},
}
NAMES = {"*": {"text!": "text"}}
LEAST = {
    **RULED,
    "roles!": "ids",
    "procedures": "ids",
    "statuses": "ids",
    "named_by_team": "truth",
    "through": "id",
    "action!": "text",
    "in_conflict": "text",
}
TERMS = {
    "document!": "id",
    "roles!": {"*": {"text!": "text", "kept_out": "kept_out"}},
    "types!": NAMES,
    "modes!": NAMES,
    "statuses!": NAMES,
    "strengths!": NAMES,
    "forces!": NAMES,
    "agencies!": NAMES,
    "minimum": {"*": LEAST},
}
SOURCES = {
    "document!": "id",
    "sources!": {
        "*": {
            "title!": "text",
            "url_en": "text",
            "url_cy": "text",
            "edition": "id",
            "dated": "date",
            "seen!": "text",
            "checked_on!": "date",
        }
    },
    "gaps": [{"id!": "id", "text!": "text"}],
}
# What a layer puts on top of a tree: it only ever adds.
ADDITIONS = {
    "*": {
        "rules": [RULE],
        "timescales": {"*": TIMESCALE},
        "chairs": {"*": [CHAIR]},
    }
}
SWITCH = {"default!": "truth", "text!": "text", "purpose!": "text", **BASED}
SETTING = {"text!": "text", "default!": "text", "purpose!": "text", "set_in": "text", **BASED}
NATIONAL = {
    "profile!": "id",
    "title!": "text",
    "first_day_counts!": "truth",
    "office_opens!": "text",
    "office_closes!": "text",
    "local!": {"*": SWITCH},
    "settings": {"*": SETTING},
}
PROFILE = {
    "profile!": "id",
    "title!": "text",
    "extends!": "id",
    "authorities": "ids",
    "first_day_counts": "truth",
    "office_opens": "text",
    "office_closes": "text",
    "local": {"*": "switch"},
    "settings": {"*": "text"},
    "add": ADDITIONS,
}
BORROWED = {"document!": "id", "reason!": "text", "add!": ADDITIONS}
APPROVALS = {
    "document!": "id",
    "approvals": [
        {
            "subject!": "id",
            "role!": "id",
            "name!": "text",
            "approved_on!": "date",
            "version!": "text",
            "digest!": "id",
        }
    ],
}
