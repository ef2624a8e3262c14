"""Pages by which protections against robots ask for a browser, where a calendar should be."""

import re

from coopcal.doctor.answer import OK, Answer
from coopcal.doctor.client import ALL
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

_HEADERS = ("cf-mitigated", "x-amzn-waf-action")
"""By which Cloudflare and Amazon say that a page of theirs stands in place of what was asked for."""

_WORDS = re.compile(
    rb"<title>\s*just a moment|/cdn-cgi/challenge-platform|cf[-_]chl|enable javascript and cookies|checking your browser"
    rb"|verify(?:ing)? (?:that )?you(?: are|.re) (?:a )?human|making sure you.{1,7}re not a bot|_incapsula_resource"
    rb"|g-recaptcha|h-captcha|hcaptcha\.com|ddos protection by|sgcaptcha|aws-?waf",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)
_READ = 200_000
"""Bytes of a page that are looked at."""

CHALLENGE = Kind(
    "robot-protection",
    msg(
        "A protection against robots sends a page in place of the calendar, which only a browser gets past; calendar programs are none."
    ),
    msg(
        "Have the protection leave out the addresses of calendars, say by a rule for all that end in .ics; at Cloudflare such a rule says “Skip”."
    ),
    Evidence.STANDARD,
    ("4.13", "4.15"),
    fatal=ALL,
)
KINDS = (CHALLENGE,)


def check(visit: Visit, faults: Faults) -> None:
    """Look at what was sent with a status that is none of success; any other body is looked at by itself."""
    end = visit.main.end
    if isinstance(end, Answer) and end.status != OK and is_challenge(end):
        faults.tell(CHALLENGE)


def is_challenge(answer: Answer) -> bool:
    """Return whether an answer asks for a browser."""
    return any(map(answer.header, _HEADERS)) or is_page(answer.body)


def is_page(body: bytes) -> bool:
    """Return whether a page asks for a browser."""
    return bool(_PAGE.match(body) and _WORDS.search(body[:_READ]))
