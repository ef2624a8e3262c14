"""A strict reading of iCalendar bytes that shares nothing with what wrote them."""

import re
from collections import Counter

ONCE_IN_CALENDAR = (
    "VERSION",
    "PRODID",
    "CALSCALE",
    "NAME",
    "X-WR-CALNAME",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
)
ONCE_IN_EVENT = (
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "URL",
    "TRANSP",
)
AT_MOST_ONCE = (
    "DESCRIPTION",
    "LOCATION",
    "GEO",
    "STATUS",
    "COLOR",
    "RRULE",
    "RECURRENCE-ID",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
    "X-MICROSOFT-CDO-BUSYSTATUS",
)
REPEATED = ("CATEGORIES", "CONTACT", "ATTACH", "RELATED-TO", "EXDATE", "COMMENT")
STATUS = ("CONFIRMED", "TENTATIVE", "CANCELLED")
UTC_MOMENT = re.compile(r"\d{8}T\d{6}Z")
RULE = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=\d+)?(;UNTIL=(?P<until>\d{8}(T\d{6}Z)?))?(;BYMONTH=\d+)?(;BYMONTHDAY=[-\d,]+)?"
    r"(;BYDAY=[-\dA-Z,]+)?(;BYSETPOS=[-\d,]+)?(;WKST=[A-Z]{2})?"
)
NEVER = {
    "METHOD": "8.2",
    "ORGANIZER": "6.9",
    "ATTENDEE": "6.9",
    "RDATE": "7.1",
    "X-ALT-DESC": "6.4",
    "X-APPLE-STRUCTURED-LOCATION": "6.6",
    "IMAGE": "6.8",
    "CONFERENCE": "6.8",
}
"""What stands in no calendar and no event, by the rule of clients.md that says so."""
LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<parameters>(?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)", re.DOTALL
)
TEXT = {"SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "NAME", "X-WR-CALNAME", "UID"}
ESCAPED = re.compile(r"(?:[^\\;,\n]|\\[\\;,nN])*")


def faults(content: bytes) -> list[str]:
    """Return what RFC 5545, or a client of clients.md, would take amiss; [] for a right feed."""
    violations: list[str] = []
    if not content.startswith(b"BEGIN:VCALENDAR\r\n"):
        violations.append("does not begin with BEGIN:VCALENDAR (4.19)")
    if not content.endswith(b"END:VCALENDAR\r\n") or content.count(b"BEGIN:VCALENDAR") != 1:
        violations.append("is not one whole VCALENDAR (8.2)")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        violations.append("has line ends other than CRLF (4.19)")
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            violations.append(f"line of {len(line)} octets (6.1): {line!r}")
        try:
            line.decode()
        except UnicodeDecodeError:
            violations.append(f"character torn by a fold (6.1): {line!r}")
    text = content.replace(b"\r\n ", b"").decode(errors="replace")
    if re.search(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]", text):
        violations.append("has control characters")
    return violations + _components(text.split("\r\n")[:-1])


def _components(lines: list[str]) -> list[str]:
    violations: list[str] = []
    stack: list[tuple[str, list[tuple[str, str, str]]]] = []
    uids: Counter[str] = Counter()
    masters: dict[str, list[tuple[str, str, str]]] = {}
    urls: Counter[str] = Counter()
    declared: set[str] = set()
    used: set[str] = set()
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            violations.append(f"no content line: {line!r}")
            continue
        name, parameters, value = match["name"], match["parameters"], match["value"]
        if name == "BEGIN":
            stack.append((value, []))
            continue
        if name == "END":
            kind, properties = stack.pop() if stack else ("", [])
            if kind != value:
                violations.append(f"END:{value} ends {kind}")
            violations += _component(kind, properties)
            values = {key: content for key, _, content in properties}
            if kind == "VEVENT":
                violations += _series(values.get("UID", ""), properties, masters)
                uids[values.get("UID", "") + values.get("RECURRENCE-ID", "")] += 1
                urls[
                    " ".join(values.get(name, "") for name in ("URL", "SUMMARY", "DTSTART", "LOCATION"))
                ] += 1
            if kind == "VTIMEZONE":
                declared.add(values.get("TZID", ""))
            continue
        if not stack:
            violations.append(f"outside of any component: {line!r}")
            continue
        stack[-1][1].append((name, parameters, value))
        used |= set(re.findall(r";TZID=([^;:]+)", parameters))
        if name in TEXT and not ESCAPED.fullmatch(value):
            violations.append(f"text not escaped (6.2): {line!r}")
    violations += [f"UID twice (2.2): {uid}" for uid, count in uids.items() if count > 1]
    violations += [f"alike but for the UID (9.5): {url}" for url, count in urls.items() if count > 1]
    violations += [f"TZID without VTIMEZONE (1.1): {zone}" for zone in used - declared]
    if stack:
        violations.append(f"not ended: {stack[-1][0]}")
    if not uids and not declared:
        violations.append("has no component (8.3)")
    return violations


def _component(kind: str, properties: list[tuple[str, str, str]]) -> list[str]:
    violations: list[str] = []
    names = Counter(name for name, _, _ in properties)
    values = {name: (parameters, value) for name, parameters, value in properties}
    if kind == "VCALENDAR":
        violations += [
            f"{name} stands {names[name]} times (9.3)" for name in ONCE_IN_CALENDAR if names[name] != 1
        ]
        if names["UID"]:
            violations.append("UID on the VCALENDAR (9.4)")
        if values.get("NAME", ("", ""))[1] != values.get("X-WR-CALNAME", ("", "x"))[1]:
            violations.append("NAME and X-WR-CALNAME differ (9.1)")
        if "VALUE=DURATION" not in values.get("REFRESH-INTERVAL", ("", ""))[0]:
            violations.append("REFRESH-INTERVAL without VALUE=DURATION")
        if {values.get(name, ("", ""))[1] for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")} != {"PT6H"}:
            violations.append("refreshed at other times (3)")
    violations += [
        f"{name} stands in {kind} ({rule})"
        for name, rule in NEVER.items()
        if names[name] and kind in ("VCALENDAR", "VEVENT")
    ]
    if kind == "VALARM":
        violations.append("VALARM (8.1)")
    if kind == "VEVENT":
        violations += [f"{name} stands {names[name]} times" for name in ONCE_IN_EVENT if names[name] != 1]
        violations += [f"{name} stands {names[name]} times" for name in AT_MOST_ONCE if names[name] > 1]
        violations += [
            f"{name} has no place in a VEVENT"
            for name in names
            if name not in (*ONCE_IN_EVENT, *AT_MOST_ONCE, *REPEATED, *NEVER)
        ]
        violations += [
            f"{name} is not in UTC"
            for name in ("DTSTAMP", "LAST-MODIFIED")
            if not UTC_MOMENT.fullmatch(values.get(name, ("", ""))[1])
        ]
        if not re.fullmatch(r"\d{1,10}", values.get("SEQUENCE", ("", ""))[1]):
            violations.append("SEQUENCE is no number (2.8)")
        if values.get("STATUS", ("", STATUS[0]))[1] not in STATUS:
            violations.append(f"STATUS is none: {values['STATUS'][1]}")
        violations += _times(values)
    return violations


def _series(
    uid: str, properties: list[tuple[str, str, str]], masters: dict[str, list[tuple[str, str, str]]]
) -> list[str]:
    """Hold a series and its dates: one form of all moments, the master first, a rule with dates left (2.6, 7.1 to 7.6)."""
    violations: list[str] = []
    values = {name: (parameters, value) for name, parameters, value in properties}
    start = values.get("DTSTART", ("", ""))
    if "RECURRENCE-ID" in values:
        master = {name: (parameters, value) for name, parameters, value in masters.get(uid, [])}
        if "RRULE" not in master:
            violations.append(f"RECURRENCE-ID before, or without, its master (2.6): {uid}")
        elif not _alike(master["DTSTART"], values["RECURRENCE-ID"]):
            violations.append(f"RECURRENCE-ID is of another type or zone than DTSTART (7.2): {uid}")
        if "RRULE" in values or "EXDATE" in values:
            violations.append(f"a date of a series with a rule of its own: {uid}")
        return violations
    masters[uid] = properties
    exdates = [(parameters, value) for name, parameters, value in properties if name == "EXDATE"]
    if "RRULE" not in values:
        return [f"EXDATE without RRULE: {uid}"] if exdates else violations
    rule = RULE.fullmatch(values["RRULE"][1])
    if rule is None:
        return [f"RRULE of another form (7.4, 7.5): {values['RRULE'][1]}"]
    if rule["until"] and ("VALUE=DATE" in start[0]) == rule["until"].endswith("Z"):
        violations.append(f"UNTIL does not go with DTSTART (7.3): {uid}")
    violations += [
        f"EXDATE is of another type or zone than DTSTART (7.2): {uid}"
        for exdate in exdates
        if not _alike(start, exdate)
    ]
    if len(set(exdates)) < len(exdates):
        violations.append(f"EXDATE twice: {uid}")
    if any(exdate[1] == start[1] for exdate in exdates):
        violations.append(f"begins with a date that is left out: {uid}")
    return violations


def _alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two moments have the same parameters, and both are in UTC or neither."""
    return (
        one[0] == other[0] and one[1].endswith("Z") == other[1].endswith("Z") and len(one[1]) == len(other[1])
    )


def _times(values: dict[str, tuple[str, str]]) -> list[str]:
    violations: list[str] = []
    start, end = values.get("DTSTART", ("", "")), values.get("DTEND", ("", ""))
    geo = values.get("GEO", ("", "0;0"))[1]
    if not re.fullmatch(r"-?\d+(\.\d+)?;-?\d+(\.\d+)?", geo):
        violations.append(f"GEO is not lat;lon (6.5): {geo}")
    violations += [
        f"URI escaped (6.2): {name}" for name in ("URL", "ATTACH") if "\\" in values.get(name, ("", ""))[1]
    ]
    if re.search(r"\\\\[,;]", values.get("CATEGORIES", ("", ""))[1]):
        violations.append("CATEGORIES escaped twice (6.2)")
    if start[0] != end[0]:
        violations.append(f"DTSTART and DTEND of two kinds: {start} {end}")
    if start[1] >= end[1] and start[0] == end[0] and not start[0].startswith(";TZID"):
        violations.append(f"ends before it starts (5.1): {start} {end}")
    days = start[0] == ";VALUE=DATE"
    pattern = r"\d{8}" if days else r"\d{8}T\d{6}" if start[0].startswith(";TZID=") else r"\d{8}T\d{6}Z"
    if not re.fullmatch(pattern, start[1]) or not re.fullmatch(pattern, end[1]):
        violations.append(f"floating or malformed time (1.7): {start} {end}")
    if days != ("X-MICROSOFT-CDO-ALLDAYEVENT" in values):
        violations.append("whole day without X-MICROSOFT-CDO-ALLDAYEVENT, or the other way round (5.2)")
    free = values.get("TRANSP", ("", ""))[1] == "TRANSPARENT"
    if free != (values.get("X-MICROSOFT-CDO-BUSYSTATUS", ("", ""))[1] == "FREE"):
        violations.append("TRANSP and X-MICROSOFT-CDO-BUSYSTATUS disagree (5.3)")
    if values.get("DTSTAMP") != values.get("LAST-MODIFIED"):
        violations.append("DTSTAMP is not LAST-MODIFIED (2.9)")
    return violations
