"""What goes between the server and the process that checks, as JSON."""

from dataclasses import dataclass
from datetime import date

from coopcal.model.paste import Finding, Findings, Pasted
from coopcal.site.codec import Codec, objects


@dataclass(frozen=True, slots=True)
class Task:
    """A file to check, and the day on which that is."""

    pasted: Pasted
    today: date


WIRE = Codec(objects(Task, Pasted, Findings, Finding))
"""All that goes either way."""
