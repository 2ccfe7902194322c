"""All that a practitioner would be shown, each by a name, as formulae."""

from __future__ import annotations

from tests.proofs.encoding import Encoding


def shown_by(encoding: Encoding) -> dict[tuple[str, ...], int]:
    """All that a practitioner is shown, by name."""
    shown: dict[tuple[str, ...], int] = {
        **{("result", name): node for name, node in encoding.results.items()},
        **{("flag", name): node for name, node in encoding.flags.items()},
        **{("agencies", name): node for name, node in encoding.agencies.items()},
    }
    for meeting in encoding.procedure.meetings:
        name = meeting.id
        shown["held", name] = encoding.held[name]
        shown |= {("type", name, each): node for each, node in encoding.types[name].items()}
        shown |= {("chair", name, each): node for each, node in encoding.chairs[name].items()}
        for role, by_status in encoding.statuses[name].items():
            shown |= {("status", name, role, s): node for s, node in by_status.items()}
    shown |= {("line", e, m or "", r): node for (e, m, r), node in encoding.lines.items()}
    shown |= {("timescale", m or "", t): node for (m, t), node in encoding.timescales.items()}
    return shown
