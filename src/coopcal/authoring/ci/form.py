"""The issue form for an event: the body of the issue, as GitHub renders it → what was filled in."""

import re
from dataclasses import dataclass

from coopcal.model.message import Message, Number, msg

LARGEST = 70_000
"""Characters that a body may have; GitHub lets issues have fewer."""

LABELS = {
    "title": "What is it called?",
    "organisation": "Whose event is it?",
    "date": "On which day, or days?",
    "times": "From when to when?",
    "place": "Where is it?",
    "description": "What is it about?",
    "registration": "Where do people register?",
    "contact": "Whom may people ask?",
}
"""The fields of the form and their labels, in its order; the form itself says the same."""

NEEDED = ("title", "organisation", "date")

_EMPTY = ("_No response_", "None", "")
_HEADING = re.compile(r"^### (.*?)\s*$")
_TIMES = re.compile(r"(\d{1,2}:\d\d)\s*(?:-|–|—|/|to)\s*(\d{1,2}:\d\d)")


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in, without blanks around; "" where nothing was."""

    title: str = ""
    organisation: str = ""
    date: str = ""
    times: str = ""
    place: str = ""
    description: str = ""
    registration: str = ""
    contact: str = ""

    @property
    def when(self) -> str:
        """The date and times as an event says them; what is written otherwise is left for the check to explain."""
        if not self.times:
            return self.date
        times = _TIMES.fullmatch(self.times)
        return f"{self.date} {f'{times[1]:0>5}/{times[2]:0>5}' if times else self.times}"


def read_form(body: str) -> tuple[Form, tuple[Message, ...]]:
    """Read the body of an issue; and say what is missing or unclear, a sentence each.

    Each field stands under a heading with its label. A heading that stands twice is not guessed about: it may
    have been written into another field.
    """
    if len(body) > LARGEST:
        return Form(), (
            msg(
                "The form has more than {most} characters; please shorten the description.",
                most=Number(LARGEST),
            ),
        )
    names = {label: name for name, label in LABELS.items()}
    values: dict[str, list[str]] = {}
    wrong = []
    current: list[str] | None = None
    for line in re.split("\r\n|\r|\n", body):
        heading = _HEADING.match(line)
        name = names.get(heading[1]) if heading else None
        if name is None:
            if current is not None:
                current.append(line)
            continue
        if name in values:
            wrong.append(
                msg(
                    "“### {label}” stands twice; please take out the one that is not the form's own.",
                    label=LABELS[name],
                )
            )
        current = values[name] = []
    written = {name: "\n".join(lines).strip() for name, lines in values.items()}
    form = Form(**{name: text for name, text in written.items() if text not in _EMPTY})
    wrong += [
        msg("“{label}” is not answered.", label=LABELS[name]) for name in NEEDED if not getattr(form, name)
    ]
    several = [name for name, text in written.items() if name != "description" and "\n" in text]
    wrong += [msg("The answer to “{label}” should be on one line.", label=LABELS[name]) for name in several]
    return form, tuple(dict.fromkeys(wrong))
