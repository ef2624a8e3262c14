"""What an import did, and what did not come over, for people and for machines."""

import json
from collections import Counter

from coopcal.importing.losses import Loss
from coopcal.importing.merging import (
    BOTH,
    DELETED,
    GONE,
    KEPT,
    NEW,
    NOT_CHOSEN,
    OTHER_UID,
    OUT,
    SAME,
    UPDATED,
    Step,
)
from coopcal.importing.run import Outcome

_TECHNICAL = "technical"
_HEADS = {
    NEW: "new", UPDATED: "updated", SAME: "as before", KEPT: "changed here alone", BOTH: "changed here and in the source",
    DELETED: "taken out here", GONE: "gone from the source", OUT: "left out", OTHER_UID: "here under another UID",
    NOT_CHOSEN: "not asked for",
}  # fmt: skip
_TOLD_BY_NAME = (UPDATED, KEPT, BOTH, DELETED, GONE, OUT, OTHER_UID)


def as_text(outcome: Outcome, path: str, *, dry: bool, quiet: bool) -> str:
    """Give the report for people; when quiet, only what somebody must look at."""
    lines = [] if quiet else [_loss(each) for each in outcome.losses if each.code != _TECHNICAL]
    technical = Counter(each.what for each in outcome.losses if each.code == _TECHNICAL)
    if technical and not quiet:
        named = ", ".join(f"{name} ({count})" for name, count in sorted(technical.items()))
        lines.append(f"Left out, as programs note it for themselves: {named}.")
    lines += [
        f"There are {count:,} more of them. [{code}]" for code, count in outcome.more.items() if not quiet
    ]
    told = (BOTH, GONE, OUT, OTHER_UID) if quiet else _TOLD_BY_NAME
    lines += [_step(each, path) for each in outcome.steps if each.kind in told]
    if outcome.refusal is not None:
        lines += [f"{outcome.refusal}.", "Nothing was written."]
    elif not quiet:
        counts = Counter(each.kind for each in outcome.steps)
        said = ", ".join(f"{counts[kind]} {head}" for kind, head in _HEADS.items() if counts[kind])
        lines.append(f"Events: {said or 'none'}.")
        if outcome.files:
            lines.append(f"{'Would write' if dry else 'Wrote'} {', '.join(outcome.files)}.")
        else:
            lines.append("Nothing to write.")
    return "".join(f"{line}\n" for line in lines)


def as_json(outcome: Outcome, *, dry: bool) -> str:
    """Give the report for machines."""
    said = {
        "written": outcome.refusal is None and not dry and bool(outcome.files),
        "refusal": outcome.refusal,
        "files": list(outcome.files),
        "events": [
            {"event": each.id, "what": each.kind, "line": each.line, "message": each.said}
            for each in outcome.steps
        ],
        "losses": [
            {
                "path": each.path,
                "line": each.line,
                "code": each.code,
                "what": each.what,
                "why": each.why,
                "uid": each.uid,
            }
            for each in outcome.losses
        ],
        "more": dict(outcome.more),
        "problems": [
            {
                "path": each.place.path,
                "line": each.place.line,
                "severity": each.severity.value,
                "code": each.code,
                "message": each.message,
                "mend": each.mend,
            }
            for each in outcome.problems
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _loss(loss: Loss) -> str:
    return _safe(f"{loss.path}:{loss.line}: {loss.what}: {loss.why} [{loss.code}]")


def _step(step: Step, path: str) -> str:
    where = f"{path}:{step.line}: " if step.line else ""
    return _safe(f"{where}{step.id}: {_HEADS[step.kind]}: {step.said}")


def _safe(text: str) -> str:
    """Give a text without what would steer a terminal."""
    return "".join(each if each.isprintable() else " " for each in text)
