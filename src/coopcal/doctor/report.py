"""A diagnosis, told to people and to programs."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby

from coopcal.authoring.report import visible
from coopcal.definitions.declared.shapes import shortened
from coopcal.doctor.addresses import without_secrets
from coopcal.doctor.answer import Answer
from coopcal.doctor.client import NAMES
from coopcal.doctor.fault import KNOWN, Evidence, Fault, Harm
from coopcal.doctor.verdict import SAID, Diagnosis
from coopcal.model.message import Message, Number, lasting, listed, msg, plural
from coopcal.text.messages import say

_WIDEST = max(map(len, NAMES.values()))


def as_text(diagnosis: Diagnosis, language: str) -> str:
    """Tell it to people."""
    lines = [
        without_secrets(diagnosis.written),
        *(f"  {say(line, language)}" for line in _seen(diagnosis)),
    ]
    lines.append("")
    lines += [
        f"  {NAMES[client]:{_WIDEST}}  {say(SAID[verdict], language)}"
        for client, verdict in diagnosis.verdicts.items()
    ]
    for fault in diagnosis.faults:
        lines += ["", f"{say(fault.said, language)} [{fault.kind.code}]"]
        lines += [f"  {say(line, language)}" for line in _details(fault, diagnosis)]
    return "\n".join(lines) + "\n"


def _seen(diagnosis: Diagnosis) -> Iterator[Message]:
    end, body = diagnosis.visit and diagnosis.visit.main.end, diagnosis.body
    if isinstance(end, Answer):
        yield msg(
            "Answered with {status}, {type}, in {time}",
            status=end.status,
            type=visible(shortened(end.header("Content-Type"))) or "–",
            time=lasting(end.seconds),
        )
    if diagnosis.visit is None:
        yield msg("A file, looked at as if a server sent it as it is")
    if body is not None:
        yield plural(
            "{count} entry in {size} bytes",
            "{count} entries in {size} bytes",
            diagnosis.entries,
            size=Number(len(body)),
        )


def _details(fault: Fault, diagnosis: Diagnosis) -> Iterator[Message]:
    if fault.lines:
        shown = _lines(fault.lines, diagnosis.titles)
        more = fault.count - len(fault.lines)
        if more:
            yield msg("Lines: {lines}, and {more} more", lines=shown, more=more)
        else:
            yield msg("Lines: {lines}", lines=shown)
    yield msg("Mend: {mend}", mend=fault.kind.mend)
    for harm, template in ((Harm.FATAL, _FAILS), (Harm.FAULT, _FAULTY)):
        harmed = [NAMES[client] for client in diagnosis.verdicts if fault.harm_to(client) is harm]
        if harmed:
            yield Message(template, {"clients": listed(harmed)})
    if fault.worst is Harm.NOTE:
        yield msg("It keeps no program from working.")
    if fault.kind.evidence is not Evidence.UNKNOWN:
        yield msg("How that is known: {evidence}.", evidence=KNOWN[fault.kind.evidence])


def _lines(numbers: list[int], titles: Mapping[int, str]) -> str:
    """Return numbers of lines, with the titles of the events in which they stand."""
    told = []
    for title, group in groupby(numbers, titles.get):
        lines = ", ".join(map(str, group))
        if title is None:
            told.append(lines)
        elif title.strip():
            told.append(msg("{lines} (“{title}”)", lines=lines, title=visible(shortened(title))))
        else:
            told.append(msg("{lines} (without a title)", lines=lines))
    return listed(told)


_FAILS = msg("Does not work in: {clients}")
_FAULTY = msg("Faulty in: {clients}")


def as_json(diagnosis: Diagnosis, language: str) -> str:
    """Tell it to programs; sentences are in the language of people, all else stays the same."""
    end, body = diagnosis.visit and diagnosis.visit.main.end, diagnosis.body
    told = {
        "address": without_secrets(diagnosis.written) if diagnosis.visit else None,
        "file": None if diagnosis.visit else diagnosis.written,
        "status": end.status if isinstance(end, Answer) else None,
        "type": end.header("Content-Type") if isinstance(end, Answer) else None,
        "bytes": len(body) if body is not None else None,
        "verdicts": {str(client): str(verdict) for client, verdict in diagnosis.verdicts.items()},
        "faults": [_as_json(fault, diagnosis, language) for fault in diagnosis.faults],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_json(fault: Fault, diagnosis: Diagnosis, language: str) -> dict[str, object]:
    return {
        "code": str(fault.kind.code),
        "harm": fault.worst.name.lower(),
        "message": say(fault.said, language),
        "mend": say(fault.kind.mend, language),
        "clients": {
            str(client): harm.name.lower()
            for client in diagnosis.verdicts
            if (harm := fault.harm_to(client)) > Harm.NOTE
        },
        "evidence": str(fault.kind.evidence),
        "rules": list(fault.kind.rules),
        "lines": fault.lines,
        "titles": [diagnosis.titles.get(line) for line in fault.lines],
        "count": fault.count,
    }
