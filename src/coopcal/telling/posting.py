"""Sending to a receiver: to the public internet by https alone, over http only into networks that the operator allows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from coopcal.model.message import Message, msg
from coopcal.outside.answer import Answer, Limits, Question, Unanswered
from coopcal.outside.guard import Guard
from coopcal.text.late import late

LIMITS = Limits(64_000, silence=5, all=8, hops=0)
"""Bounds of an answer: nothing of it is of interest but its status. It leads nowhere, as it was not asked for that."""


def post(url: str, headers: Mapping[str, str], body: bytes, guard: Guard) -> Answer | Unanswered:
    """Send JSON to an address, and return what is answered."""
    let_through = guard if url.lower().startswith("https:") else replace(guard, public=False)
    question = Question(url, "POST", {"Content-Type": "application/json", **headers}, body)
    answer: Answer | Unanswered = late("outside.asking", "ask")(question, let_through, LIMITS)
    return answer


def refusal_of(answer: Answer | Unanswered) -> Message | None:
    """Return why an answer tells that nothing was received; None where it was."""
    if isinstance(answer, Unanswered):
        return answer.why
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return msg("it leads elsewhere (status {status}): write the address that it leads to", status=status)
    return msg("it answers with the status {status}", status=status)


def is_gone(answer: Answer | Unanswered) -> bool:
    """Return whether a receiver says that it wants nothing any more."""
    return isinstance(answer, Answer) and answer.status == HTTPStatus.GONE


def wish_of(answer: Answer | Unanswered) -> timedelta:
    """Return how long a receiver wishes to be left alone (RFC 9110, 10.2.3), where it says so in seconds."""
    told = answer.headers.get("retry-after", "") if isinstance(answer, Answer) else ""
    is_number = told.isascii() and told.isdigit() and len(told) < len("1000000")
    return timedelta(seconds=int(told)) if is_number else timedelta()
