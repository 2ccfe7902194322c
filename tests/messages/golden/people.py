"""What is typed in the golden cases. Nobody here exists; numbers and addresses are invented."""

from __future__ import annotations

from typing import Any

Details = dict[str, Any]

_SIAN: Details = {
    "requester-name": "Siân Practitioner",
    "requester-role": "Social worker",
    "requester-agency": "Cardiff Council",
    "requester-phone": "029 2018 0990",
    "requester-phone-safe": "ring-only",
    "requester-phone-how": "Until 8am. Ask for me and say nothing to whoever answers.",
    "after-shift-name": "Jo Sample, team manager",
    "after-shift-phone": "029 2018 0993",
    "meeting-language": "bilingual",
    "meeting-mode": "video",
    "meeting-times": "Friday morning, or any time on Monday",
    "meeting-avoid": "Friday 2pm to 4pm: a hearing",
}
_MAIR: Details = {
    "requester-name": "Mair Ffugenw",
    "requester-role": "Nyrs ardal",
    "requester-agency": "Bwrdd iechyd dychmygol",
    "requester-phone": "01632 960 102",
    "requester-phone-safe": "only-as-described",
    "requester-phone-how": "Tan 8 y bore. Peidiwch â dweud dim wrth neb arall sy’n ateb.",
    "after-shift-name": "Alaw Ffugenw, rheolwr y ward",
    "after-shift-phone": "01632 960 103",
    "requester-email": "mair@ward-example.example",
    "requester-email-keep-off": "keep-off",
    "meeting-language": "welsh",
}
MEGAN: Details = _SIAN | {
    "concern-what": "Left in a wet bed all night on Tuesday and Wednesday.\n\n"
    "She said: “Neb yn dod.” Her call bell was out of reach both times; "
    "see hafod-rota.example for the rota.",
    "concern-need-tonight": "Somebody to check at 6am that she has been turned and is dry.",
    "concern-last-incident": "Wednesday night, about 11pm to 6am",
    "concern-injuries": "Sore on left hip, grade not known. Seen by the district nurse.",
    "concern-medication": "Paracetamol at 10pm. Allergic to penicillin.",
    "concern-injury-map": [
        {
            "where": "Left hip",
            "look": "3 cm, round, red",
            "seen": "Wednesday, 11pm",
            "by": "Ann Sample, nurse",
            "said": "“They never turn me.” (Megan)",
        }
    ],
    "concern-safety-measures": "The nurse in charge moved her nearer the desk (Ann Sample, 11pm).",
    "concern-done": [
        {"what": "Moved nearer the desk", "who": "Ann Sample", "when": "Wednesday, 11pm"},
        {"what": "Told the night manager", "who": "Ann Sample", "when": "Thursday, 7am"},
    ],
    "concern-hazards": ["hard-to-enter", "no-signal"],
    "concern-spoken-to": "Emergency duty team at 1am. GP surgery, message left.",
    "concern-police-log": "C123456",
    "concern-visitor-safety": "Keypad on the door: ring the night bell. No dogs.",
    "person-name": "Megan D’Arcy-Ŵyn",
    "person-born": "1942-03-02",
    "person-address": "Room 12, Hafod Example,\n1 Invented Road,\nCardiff CF99 9ZZ",
    "person-where-now": "Room 12, Hafod Example, 1 Invented Road, Cardiff CF99 9ZZ",
    "person-safe-until": "6am today, when the day staff change",
    "person-with": "Ann Sample, the nurse in charge",
    "person-phone": "029 2018 0991",
    "person-phone-safe": "ring-only",
    "person-language-other": "Polish",
    "interpreter-language": "Polish, Silesian",
    "person-wishes": "To stay at Hafod, and to be turned when she rings.",
    "alleged-name": "not-known",
    "alleged-relationship": "Night staff",
    "consent-said": "Yes, on Wednesday, to me, alone.",
    "raised-professional": "Ann Sample, nurse in charge, 029 2018 0994",
    "invitees": [
        {
            "role": "police",
            "title": "",
            "name": "PC 1234",
            "contact": "029 2018 0994",
            "change": "",
            "reason": "",
            "agency": "South Wales Police (invented)",
            "contact-how": "The control room passes messages on",
            "attendance": "video",
            "language": "english",
        },
        {
            "role": "",
            "title": "Tissue viability nurse",
            "name": "Ann Sample",
            "contact": "029 2018 0995",
            "change": "added",
            "reason": "She saw the wound.",
        },
    ],
}
NIGHT_WORKER: Details = {
    "alleged-name": "Dai Sample",
    "alleged-relationship": "Night care assistant on her corridor",
    "alleged-post": "Night care assistant",
    "alleged-employer": "Hafod Example Ltd",
    "alleged-aware": "does-not-know",
    "alleged-where": "On duty at Hafod until 8am",
    "raised-public": "Nia Sample, a neighbour’s daughter",
    "raised-public-phone": "029 2018 0992",
    "raised-public-phone-how": "After 7pm only. Her mother must not hear of it.",
}
LOWRI: Details = _MAIR | {
    "concern-what": "Clywyd gweiddi, ac roedd cleisiau ar ei breichiau.\nMae hi’n ofni siarad.",
    "concern-need-tonight": "Lle diogel i aros heno",
    "concern-injuries": "Cleisiau ar y ddwy fraich. Heb weld meddyg.",
    "concern-spoken-to": "Yr heddlu am 1.30 y bore",
    "concern-police-log": "B-000123",
    "concern-visitor-safety": "Ci mawr yn yr iard gefn",
    "person-name": "Lowri Llŷr-Dychmygol",
    "person-born": "1981-06-12",
    "person-where-now": "Gartref, 1 Heol Ddychmygol, Gŵydir LL99 9ZZ",
    "person-safe-until": "Tan 6 y bore, pan ddaw’r gŵr adref",
    "person-with": "Dau heddwas",
}
CAI: Details = _MAIR | {
    "concern-what": "Dywedodd Cai wrth ei athrawes fod ofn mynd adref arno.\n"
    "Roedd marc coch ar ei foch.",
    "concern-need-tonight": "Rhywun i weld y plant cyn iddynt fynd i’r ysgol",
    "concern-last-incident": "Nos Fercher",
    "concern-injuries": "Marc coch ar y foch chwith. Dim triniaeth.",
    "concern-police-log": "B-000124",
    "concern-visitor-safety": "Canwch gloch y fflat. Dim cŵn.",
    "person-name": "Cai O’Brien-Dychmygol",
    "person-born": "2016-11-03",
    "person-address": "Fflat 2, 3 Stryd Ddychmygol, Caernarfon LL99 9ZZ",
    "person-where-now": "Fflat 2, 3 Stryd Ddychmygol, Caernarfon LL99 9ZZ",
    "person-safe-until": "Tan 7 y bore, pan ddaw ei dad adref o’r gwaith",
    "person-with": "Ei fam, a dau heddwas",
    "child-school": "Ysgol Ddychmygol",
    "person-wishes": "“Dw i eisiau aros gyda Nain.” Gwelwyd Cai ar ei ben ei hun.",
    "parents-names": "Eleri a Huw Dychmygol",
    "parents-responsibility": "Eleri a Huw Dychmygol",
    "parents-told-what": "Dim",
    "parents-not-told": "Gallai roi Cai mewn mwy o berygl.",
    "alleged-name": "Huw Dychmygol",
    "alleged-relationship": "Ei dad",
    "raised-professional": "Non Ffug, athrawes, 01632 960 104",
    "other-children": [
        {
            "name": "Mali Dychmygol",
            "born": "4 oed",
            "link": "Chwaer",
            "where": "Gartref, gyda Cai",
            "school": "Ysgol Ddychmygol",
            "harm": "Dim marciau i’w gweld",
            "voice": "Yn dawel; heb siarad â neb ar ei phen ei hun",
        }
    ],
}
FOSTER_CARER: Details = _SIAN | {
    "concern-what": "Cai (9) told his teacher that his foster carer slapped him, and that an older"
    " boy in the house touches him at night.",
    "concern-need-tonight": "A decision before 8am on whether the children can stay.",
    "concern-others": [
        {
            "name": "Nest Invented",
            "born": "81",
            "relation": "The foster carer’s mother",
            "where": "In the same house",
            "why": "She is afraid of him.",
        }
    ],
    "household": [
        {"name": "An older boy", "born": "About 15", "relation": "Fostered too", "home": "Always"}
    ],
    "consent-child": ["section-47", "more-risk"],
    "concern-last-incident": "Wednesday night",
    "concern-visitor-safety": "Ring the bell of the flat. No dogs.",
    "concern-injuries": "Red mark on the left cheek.",
    "person-wishes": "“I want to stay with Nain.” He was seen alone.",
    "person-safe-until": "7am, when the carer gets up",
    "person-with": "The foster carer’s wife",
    "requester-email": "sian@example.example",
    "requester-email-keep-off": "may-mail",
    "parents-told-what": "Nothing",
    "parents-not-told": "It could put Cai in more danger.",
    "other-children": [
        {
            "name": "Mali Dychmygol",
            "born": "4 years old",
            "link": "Sister",
            "where": "In the same house",
            "school": "Ysgol Ddychmygol",
            "harm": "Nothing to be seen",
            "voice": "Quiet; nobody has spoken to her alone",
        }
    ],
    "alleged-name": "Huw Invented",
    "alleged-relationship": "Foster carer",
    "alleged-post": "Foster carer",
    "alleged-employer": "An invented fostering agency",
    "alleged-aware": "does-not-know",
    "alleged-where": "At home, in the same house",
    "alleged-who-knows": "The teacher and I",
    "raised-public": "Nia Sample, a neighbour",
    "raised-public-phone": "029 2018 0992",
    "raised-public-phone-how": "After 7pm only",
}
TEACHER: Details = _SIAN | {
    "requester-role": "Head of safeguarding",
    "requester-agency": "Ysgol Ddychmygol",
    "requester-phone-safe": "ring-and-message",
    "requester-phone-how": "",
    "concern-what": "A supply teacher sent private messages to a pupil (14) and asked to meet.",
    "concern-last-incident": "Thursday, about 9pm",
    "concern-safety-measures": "The pupil’s phone is with her mother.",
    "person-name": "Elin Sample",
    "person-age": "14",
    "alleged-name": "Osian Dychmygol",
    "alleged-post": "Supply teacher",
    "alleged-employer": "An invented supply agency, at Ysgol Ddychmygol",
    "alleged-aware": "does-not-know",
    "alleged-where": "Not at school until Monday",
    "alleged-who-knows": "The pupil, her mother and I",
    "alleged-interim": "He has no lessons on Friday.",
    "raised-public": "Elin’s mother",
    "raised-public-phone": "029 2018 0992",
    "raised-public-phone-how": "Any time",
}
