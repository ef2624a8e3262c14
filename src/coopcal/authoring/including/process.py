"""Reading a calendar of others in a process of its own, so that none can slow or end this one."""

import json
import pickle
import subprocess
import sys

from coopcal.authoring.importing.calendars import Target
from coopcal.authoring.including.conversion import Converted
from coopcal.definitions.source.record import left_out, said
from coopcal.model.message import Message, msg

LONGEST = 90.0
"""Seconds that it may take, whatever it does with them; its time on the processor is limited more closely."""

COMMAND = (sys.executable, "-P", "-m", "coopcal.authoring.including")

TOO_MUCH = msg("it takes too much time or memory to read it")


def read_apart(calendar: bytes, target: Target) -> Converted | Message:
    """Return the events of a calendar, or why it is not taken over."""
    try:
        done = subprocess.run(  # noqa: S603 - nothing of the calendar stands in the command
            COMMAND,
            input=pickle.dumps((calendar, target)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
        found = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        return TOO_MUCH
    if "events" in found:
        return Converted(found["events"], found["count"], tuple(left_out(found["left_out"])))
    return said(found.get("why")) or TOO_MUCH
