"""Organisations with recurring events, made by chance from a seed: what is hard about calendars, all at once."""

from datetime import date, timedelta
from random import Random

ZONES = (
    "Europe/Brussels", "Europe/Dublin", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns",
    "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Apia", "America/Asuncion", "UTC",
)  # fmt: skip
LATELY_CHANGED = frozenset(
    {
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Gaza",
        "America/Asuncion",
        "Pacific/Apia",
        "America/Sao_Paulo",
    }
)
"""Zones whose law changed of late. libical walks along the zone tables of its own machine, which may be older; nothing
in a feed helps then, so what is generated there lies in the daytime."""
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = ("first", "second", "third", "fourth", "last")
CLOCKS = ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:00", "13:15", "19:00", "22:00", "23:30")
MONTH_ENDS = ((1, 31), (2, 28), (2, 29), (3, 1), (4, 30), (10, 31), (12, 31), (1, 1))


def organisation(seed: int) -> str:
    """Return the YAML of an organisation; some that come out are refused, as what they ask for cannot be."""
    chance = Random(seed)
    zone = chance.choice(ZONES)
    clocks = CLOCKS[6:9] if zone in LATELY_CHANGED else CLOCKS
    lines = [
        f"name: Organisation {seed}",
        f"timezone: {zone}",
        "breaks: {summer: [2025-07-01/2025-08-31, 2026-07-01/2026-08-31]}",
        "events:",
    ]
    for number in range(chance.choice((1, 1, 2))):
        lines += _event(chance, number, clocks)
    return "\n".join(lines) + "\n"


def _event(chance: Random, number: int, clocks: tuple[str, ...]) -> list[str]:
    first, repeats = _rule(chance)
    when, short = _when(chance, first, clocks)
    dates = _dates(first, repeats, chance)
    end = chance.random()
    if end < 0.5:
        repeats.append(f"until: {first + timedelta(days=chance.randint(0, 900))}")
    elif end < 0.8:
        repeats.append(f"count: {chance.choice((1, 2, 3, 5, 12, 40))}")
    lines = [
        f"  - id: event-{number}",
        f"    title: Title {number}; with, signs",
        f"    when: {when}",
        "    repeats:",
    ]
    lines += [f"      {line}" for line in repeats]
    apart = chance.sample(dates, min(len(dates), chance.randint(0, 4)))
    if excepted := [str(day) for day in apart[:2]] + chance.choice(([], [], ["summer"])):
        lines.append(f"      except: [{', '.join(excepted)}]")
    if chance.random() < 0.3:
        lines.append(f"      also: [{first + timedelta(days=chance.randint(-30, 400))} 11:00/12:30]")
    changes = [f"        {day}: {_change(chance, day, short=short)}" for day in apart[2:]]
    if chance.random() < 0.15 and dates:
        day = chance.choice(dates)
        changes.append(
            f"        from {day}: {{when: {'08:00/09:45' if short else day}, title: From then on}}"
        )
    return lines + (["      changes:", *changes] if changes else [])


def _rule(chance: Random) -> tuple[date, list[str]]:
    """Return a first date and the words that give it."""
    if chance.random() < 0.2:
        year, (month, day) = chance.choice((2024, 2024, 2025, 2026)), chance.choice(MONTH_ENDS)
        first = date(year, month, min(day, 28) if month == 2 and year % 4 else day)
    else:
        first = date(2024, 1, 1) + timedelta(days=chance.randint(0, 1000))
    interval = chance.choice((1, 1, 1, 2, 3, 5))
    match chance.choice(("day", "week", "week", "week", "month", "month", "nth", "nth", "year", "year-nth")):
        case "day":
            return first, [f"every: {max(interval, 2)} days"]
        case "week":
            others = chance.sample(NAMES, chance.randint(0, 3))
            names = list(dict.fromkeys([NAMES[first.weekday()], *others]))
            return first, [f"every: {interval} weeks", f"on: [{', '.join(names)}]"]
        case "month":
            on = "last day" if (first + timedelta(days=1)).day == 1 else str(first.day)
            return first, [f"every: {interval} months", f"on: {on}"]
        case "nth":
            return first, [f"every: {interval} months", f"on: {_nth(first)} {NAMES[first.weekday()]}"]
        case "year":
            return first, [f"every: {interval} years"]
        case _:
            return first, [f"every: {interval} years", f"on: {_nth(first)} {NAMES[first.weekday()]}"]


def _nth(day: date) -> str:
    return NTH[min((day.day - 1) // 7, 4)]


def _when(chance: Random, first: date, clocks: tuple[str, ...]) -> tuple[str, bool]:
    """Return a ``when``, and whether it is on one day with times."""
    match chance.randint(0, 9):
        case 0 | 1:
            return str(first), False
        case 2:
            return f"{first}/{first + timedelta(days=chance.randint(1, 3))}", False
        case 3:
            return f"{first} {chance.choice(clocks)}", True
        case 4:
            return f"until {first} {chance.choice(clocks)}", True
        case 5:
            return (
                f"{first} 22:00/{first + timedelta(days=chance.randint(1, 2))} 0{chance.randint(1, 9)}:30",
                False,
            )
        case _:
            start, end = sorted(chance.sample(clocks, 2))
            return f"{first} {start}/{end}", True


def _dates(first: date, repeats: list[str], chance: Random) -> list[date]:
    """Return a few dates that the rule gives, for the easy rules; else some that it may not give."""
    words = repeats[0].split()
    step = {"days": 1, "weeks": 7}.get(words[-1])
    if step is None:
        return []
    by = step * int(words[1])
    return [first + timedelta(days=by * chance.randint(0, 30)) for _ in range(6)]


def _change(chance: Random, day: date, *, short: bool) -> str:
    match chance.randint(0, 4):
        case 0:
            return "{status: cancelled, reason: The hall is flooded}"
        case 1:
            return "{title: Quite another, description: This time only}"
        case 2:
            return f"{{when: {day + timedelta(days=chance.choice((-1, 1, 2)))} 10:00/11:00}}"
        case 3 if short:
            return "{when: 14:00/15:00, status: tentative}"
        case _:
            return f"{{when: {day + timedelta(days=1)}, where: Elsewhere}}"
