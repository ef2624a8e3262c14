"""A diagnosis, told to people and to programs."""

import json
from collections.abc import Iterator

from coopcal.doctor.addresses import without_secrets
from coopcal.doctor.answer import Answer
from coopcal.doctor.client import NAMES, Client
from coopcal.doctor.fault import KNOWN, Evidence, Fault, Harm
from coopcal.doctor.verdict import SAID, Diagnosis
from coopcal.model.message import Message, Number, listed, msg, plural
from coopcal.text.messages import say

_WIDEST = max(map(len, NAMES.values()))


def as_text(diagnosis: Diagnosis, language: str) -> str:
    """Tell it to people."""
    lines = [
        without_secrets(diagnosis.visit.written),
        *(f"  {say(line, language)}" for line in _seen(diagnosis)),
    ]
    lines.append("")
    lines += [
        f"  {NAMES[client]:{_WIDEST}}  {say(SAID[verdict], language)}"
        for client, verdict in diagnosis.verdicts.items()
    ]
    for fault in diagnosis.faults:
        lines += ["", f"{say(fault.said, language)} [{fault.kind.code}]"]
        lines += [f"  {say(line, language)}" for line in _details(fault, tuple(diagnosis.verdicts))]
    return "\n".join(lines) + "\n"


def _seen(diagnosis: Diagnosis) -> Iterator[Message]:
    end, body = diagnosis.visit.main.end, diagnosis.visit.body
    if isinstance(end, Answer):
        yield msg(
            "Answered with {status}, {type}, in {seconds} seconds",
            status=end.status,
            type=end.header("Content-Type") or "–",
            seconds=f"{end.seconds:.1f}",
        )
    if body is not None:
        count = body.upper().count(b"BEGIN:VEVENT")
        yield plural(
            "{count} event in {size} bytes", "{count} events in {size} bytes", count, size=Number(len(body))
        )


def _details(fault: Fault, clients: tuple[Client, ...]) -> Iterator[Message]:
    if fault.lines:
        shown = ", ".join(map(str, fault.lines))
        more = fault.count - len(fault.lines)
        if more:
            yield msg("Lines: {lines}, and {more} more", lines=shown, more=more)
        else:
            yield msg("Lines: {lines}", lines=shown)
    yield msg("Mend: {mend}", mend=fault.kind.mend)
    for harm, template in ((Harm.FATAL, _FAILS), (Harm.FAULT, _FAULTY)):
        harmed = [NAMES[client] for client in clients if fault.harm_to(client) is harm]
        if harmed:
            yield Message(template, {"clients": listed(harmed)})
    if fault.worst is Harm.NOTE:
        yield msg("It keeps no program from working.")
    if fault.kind.evidence is not Evidence.UNKNOWN:
        yield msg("How that is known: {evidence}.", evidence=KNOWN[fault.kind.evidence])


_FAILS = msg("Does not work in: {clients}")
_FAULTY = msg("Faulty in: {clients}")


def as_json(diagnosis: Diagnosis, language: str) -> str:
    """Tell it to programs; sentences are in the language of people, all else stays the same."""
    end, body = diagnosis.visit.main.end, diagnosis.visit.body
    answered = isinstance(end, Answer)
    told = {
        "address": without_secrets(diagnosis.visit.written),
        "status": end.status if isinstance(end, Answer) else None,
        "type": end.header("Content-Type") if isinstance(end, Answer) else None,
        "bytes": len(body) if answered and body is not None else None,
        "verdicts": {str(client): str(verdict) for client, verdict in diagnosis.verdicts.items()},
        "faults": [_as_json(fault, tuple(diagnosis.verdicts), language) for fault in diagnosis.faults],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_json(fault: Fault, clients: tuple[Client, ...], language: str) -> dict[str, object]:
    return {
        "code": str(fault.kind.code),
        "harm": fault.worst.name.lower(),
        "message": say(fault.said, language),
        "mend": say(fault.kind.mend, language),
        "clients": {
            str(client): harm.name.lower()
            for client in clients
            if (harm := fault.harm_to(client)) > Harm.NOTE
        },
        "evidence": str(fault.kind.evidence),
        "rules": list(fault.kind.rules),
        "lines": fault.lines,
        "count": fault.count,
    }
