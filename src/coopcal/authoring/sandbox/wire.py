"""What goes between the server and the process that checks, as JSON."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import date

from coopcal.model.pasted import Finding, Findings, Kind, Pasted


def pasted_sent(pasted: Pasted, today: date) -> bytes:
    """Return a pasted file and the day as bytes."""
    sent = asdict(pasted) | {"content": b64encode(pasted.content).decode("ascii"), "today": str(today)}
    return json.dumps(sent).encode()


def pasted_received(sent: bytes) -> tuple[Pasted, date]:
    """Return the pasted file and the day that were sent."""
    got = json.loads(sent)
    pasted = Pasted(
        Kind(got["kind"]),
        b64decode(got["content"]),
        tuple(got["languages"]),
        got["language"],
        tuple(got["organisations"]),
        tuple(got["feeds"]),
    )
    return pasted, date.fromisoformat(got["today"])


def findings_sent(findings: Findings) -> bytes:
    """Return what was found as bytes."""
    return json.dumps(asdict(findings)).encode()


def findings_received(sent: bytes) -> Findings:
    """Return what was found."""
    got = json.loads(sent)
    return Findings(tuple(Finding(**one) for one in got["shown"]), got["more"])
