"""What an import did, and what did not come over, for people and for machines."""

import json
from collections import Counter
from collections.abc import Sequence

from coopcal.authoring.importing import merging
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Loss
from coopcal.authoring.importing.merging import Step
from coopcal.authoring.importing.run import Outcome
from coopcal.model.message import Message, Number, listed, msg, plural
from coopcal.text.messages import say

_QUIETLY = (merging.BOTH, merging.GONE, merging.OUT, merging.OTHER_UID)


def as_text(outcome: Outcome, path: str, *, dry: bool, quiet: bool, language: str = "en") -> str:
    """Return the report for people in their language; when quiet, only what somebody must look at."""
    lines = [] if quiet else _losses(outcome)
    steps = [step for step in outcome.steps if step.kind in _QUIETLY] if quiet else outcome.steps
    lines += [sentence for step in steps if (sentence := _step(step, path))]
    if outcome.refusal is not None:
        lines += [msg("{refusal}.", refusal=outcome.refusal), msg("Nothing was written.")]
    elif not quiet:
        lines += [_counted(outcome.steps), _files(", ".join(outcome.files), dry=dry)]
    return "".join(f"{_safe(say(line, language))}\n" for line in lines)


def as_json(outcome: Outcome, *, dry: bool) -> str:
    """Return the report for machines."""
    report = {
        "written": outcome.refusal is None and not dry and bool(outcome.files),
        "refusal": outcome.refusal,
        "files": list(outcome.files),
        "events": [
            {"event": step.id, "what": step.kind, "line": step.line, "message": step.said}
            for step in outcome.steps
        ],
        "losses": [
            {
                "path": loss.path,
                "line": loss.line,
                "code": loss.code,
                "what": loss.what,
                "why": loss.why,
                "uid": loss.uid,
            }
            for loss in outcome.losses
        ],
        "more": dict(outcome.more),
        "problems": [
            {
                "path": problem.position.path,
                "line": problem.position.line,
                "severity": problem.severity.value,
                "code": problem.code,
                "message": problem.message,
                "mend": problem.mend,
            }
            for problem in outcome.problems
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _losses(outcome: Outcome) -> list[str]:
    sentences: list[str] = [_loss(loss) for loss in outcome.losses if loss.code != LossCode.TECHNICAL]
    technical = Counter(loss.what for loss in outcome.losses if loss.code == LossCode.TECHNICAL)
    if technical:
        named = ", ".join(f"{name} ({count})" for name, count in sorted(technical.items()))
        sentences.append(msg("Left out, as programs note it for themselves: {properties}.", properties=named))
    return sentences + [
        plural(
            "There is {count} more of them. [{code}]",
            "There are {count} more of them. [{code}]",
            Number(count),
            code=code,
        )
        for code, count in outcome.more.items()
    ]


def _loss(loss: Loss) -> Message:
    return msg(
        "{path}:{line}: {what}: {why} [{code}]",
        path=loss.path,
        line=loss.line,
        what=loss.what,
        why=loss.why,
        code=loss.code,
    )


def _step(step: Step, path: str) -> str | None:
    """Return what is said of an event by name; None where it is only counted."""
    sentence = _headed(step)
    return (
        msg("{path}:{line}: {said}", path=path, line=step.line, said=sentence)
        if sentence and step.line
        else sentence
    )


def _headed(step: Step) -> Message | None:
    named = {"id": step.id, "said": step.said}
    match step.kind:
        case merging.UPDATED:
            return msg("{id}: updated: {said}", **named)
        case merging.KEPT:
            return msg("{id}: changed here alone: {said}", **named)
        case merging.BOTH:
            return msg("{id}: changed here and in the source: {said}", **named)
        case merging.DELETED:
            return msg("{id}: taken out here: {said}", **named)
        case merging.GONE:
            return msg("{id}: gone from the source: {said}", **named)
        case merging.OUT:
            return msg("{id}: left out: {said}", **named)
        case merging.OTHER_UID:
            return msg("{id}: here under another UID: {said}", **named)
        case _:
            return None


def _counted(steps: Sequence[Step]) -> Message:
    """Return how many events there are of each kind."""
    counts = Counter(step.kind for step in steps)
    counted = {
        merging.NEW: plural("{count} new", "{count} new", counts[merging.NEW]),
        merging.UPDATED: plural("{count} updated", "{count} updated", counts[merging.UPDATED]),
        merging.SAME: plural("{count} as before", "{count} as before", counts[merging.SAME]),
        merging.KEPT: plural(
            "{count} changed here alone", "{count} changed here alone", counts[merging.KEPT]
        ),
        merging.BOTH: plural(
            "{count} changed here and in the source",
            "{count} changed here and in the source",
            counts[merging.BOTH],
        ),
        merging.DELETED: plural("{count} taken out here", "{count} taken out here", counts[merging.DELETED]),
        merging.GONE: plural(
            "{count} gone from the source", "{count} gone from the source", counts[merging.GONE]
        ),
        merging.OUT: plural("{count} left out", "{count} left out", counts[merging.OUT]),
        merging.OTHER_UID: plural(
            "{count} here under another UID", "{count} here under another UID", counts[merging.OTHER_UID]
        ),
        merging.NOT_CHOSEN: plural(
            "{count} not asked for", "{count} not asked for", counts[merging.NOT_CHOSEN]
        ),
    }
    there = [message for kind, message in counted.items() if counts[kind]]
    return msg("Events: {counts}.", counts=listed(there)) if there else msg("Events: none.")


def _files(paths: str, *, dry: bool) -> Message:
    if not paths:
        return msg("Nothing to write.")
    return msg("Would write {paths}.", paths=paths) if dry else msg("Wrote {paths}.", paths=paths)


def _safe(text: str) -> str:
    """Return a text without what would steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
