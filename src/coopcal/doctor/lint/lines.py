"""The lines that a calendar is written in (RFC 5545, 3.1)."""

import re
from codecs import BOM_UTF8

from coopcal.doctor.client import ALL, Client, all_but
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import Feed
from coopcal.model.message import msg

LONGEST = 75

DEEPEST = 8
"""What is open, and may end: the last so many of what began."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_BARE = re.compile(rb"(?<!\r)\n")

LINE_ENDS = Kind(
    "line-ends",
    msg("Lines do not end as in calendars (CR LF), but as in texts of other kinds."),
    msg("Have the program that writes the calendar end lines with CR LF."),
    Evidence.STANDARD,
    ("4.19",),
)
CR = Kind(
    "lines-without-end",
    msg("Lines end with CR alone, so that programs take the whole calendar for one line."),
    LINE_ENDS.mend,
    Evidence.SOURCE,
    ("4.19",),
    fatal=ALL,
)
LONG = Kind(
    "long-lines",
    msg("Lines are longer than 75 bytes, which the standard for calendars advises against."),
    msg("Have the program that writes the calendar fold long lines."),
    Evidence.STANDARD,
    ("6.1",),
)
TORN = Kind(
    "torn-characters",
    msg(
        "Lines are folded in the middle of a letter or a picture, which Google then shows as two question marks."
    ),
    msg("Have the program that writes the calendar fold lines between characters."),
    Evidence.REPORT,
    ("6.1",),
    faulty=(Client.GOOGLE,),
)
BROKEN = Kind(
    "broken-lines",
    msg(
        "There are lines that are none of a calendar; for one of them Google was seen to refuse the whole without a word."
    ),
    msg(
        "Have the program that writes the calendar fold long lines with a blank, and write line ends in texts as \\n."
    ),
    Evidence.REPORT,
    ("6.1",),
    fatal=(Client.GOOGLE,),
    faulty=all_but(Client.GOOGLE),
)
UNENDED = Kind(
    "parts-not-ended",
    msg("Something begins (BEGIN) and does not end (END), or the other way round."),
    msg("Have the program that writes the calendar end everything that it begins."),
    Evidence.STANDARD,
    ("4.13",),
    faulty=ALL,
)
KINDS = (LINE_ENDS, CR, LONG, TORN, BROKEN, UNENDED)


def check(feed: Feed, faults: Faults) -> None:
    """Look at the bytes line by line."""
    if b"\n" not in feed.body.strip() and b"\r" in feed.body.strip():
        faults.tell(CR, 1)
        return
    if bare := _BARE.search(feed.body):
        faults.tell(LINE_ENDS, feed.body.count(b"\n", 0, bare.start()) + 1)
    for number, line in enumerate(feed.body.split(b"\n"), start=1):
        if len(line.rstrip(b"\r")) > LONGEST:
            faults.tell(LONG, number)
        if line[:1] in (b" ", b"\t") and line[1:2] and line[1] & 0xC0 == 0x80:  # noqa: PLR2004 - a letter goes on
            faults.tell(TORN, number)
    for number in feed.broken:
        faults.tell(BROKEN, number)
    _look_at_ends(feed, faults)


def _look_at_ends(feed: Feed, faults: Faults) -> None:
    """Look whether everything ends that begins; of the calendar itself that is told where the whole is looked at."""
    open_: list[tuple[bytes, int]] = []
    for number, line in enumerate(feed.body.split(b"\n"), start=1):
        word, _, name = line.removeprefix(BOM_UTF8).strip().upper().partition(b":")
        if word == b"BEGIN":
            open_.append((name, number))
        elif word == b"END":
            if name not in (begun for begun, _ in open_[-DEEPEST:]):
                faults.tell(UNENDED, number)
                continue
            while open_[-1][0] != name:
                faults.tell(UNENDED, open_.pop()[1])
            open_.pop()
    for name, number in open_:
        if name != b"VCALENDAR":
            faults.tell(UNENDED, number)
