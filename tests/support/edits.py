"""Edits of every kind that staff make of a small federation, chosen by chance; some of them leave errors."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

NAMES = ("bakery", "choir", "dairy", "school", "forge")
SITE = """\
title: {en: Example, fr: Exemple}
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
tags: {open: {en: Open, fr: Ouvert}, talk: {en: Talk, fr: Causerie}}
"""
FEED = "title: Open days\nselect: {tags: [open]}\n"


def event(chance: Random, name: str) -> str:
    """Return an event; some are wrong, hidden, cancelled, in series, or name another organisation."""
    day = f"2026-{chance.randint(5, 12):02}-{chance.randint(1, 28):02}"
    lines = [f"  - id: {name}", f"    title: {{en: {name} {chance.randint(1, 99)}, fr: {name} fr}}"]
    when = chance.choice((day, f"{day} 10:00/12:00", f"{day[:7]}", f"{day} 19:00"))
    lines.append(f"    when: {when if chance.random() > 0.01 else '2026-13-40'}")
    more = {
        0.3: f"    tags: [{chance.choice(('open', 'talk'))}]",
        0.2: f"    where: {chance.choice(('shop', '{name: Hall, city: Ghent, country: BE}'))}",
        0.15: f"    organisers: [{chance.choice(NAMES)}]",
        0.12: "    visibility: members",
        0.11: "    status: cancelled",
        0.1: f"    publish_from: 2026-06-{chance.randint(1, 28):02}",
    }
    lines += [line for chances, line in more.items() if chance.random() < chances]
    if chance.random() < 0.2 and " " in when:
        lines.append("    repeats: {every: week, count: 5}")
    return "\n".join(lines) + "\n"


def organisation(chance: Random, name: str) -> str:
    """Return an organisation of some events."""
    events = "".join(event(chance, f"event-{number}") for number in range(3))
    place = f"places: {{shop: {{name: Shop {chance.randint(1, 9)}, city: Ghent, country: BE}}}}\n"
    return f"name: {name.title()}\ncountry: BE\n{place}events:\n{events}"


def _files(root: Path) -> list[Path]:
    return sorted((root / "calendars").glob("*.yaml"))


def _rewrite(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(organisation(chance, file.stem))


def _retitle(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(
        re.sub(r"title: \{en: \S+", f"title: {{en: Word{chance.randint(1, 9)}", file.read_text(), count=1)
    )


def _name(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(re.sub(r"^name: .*", f"name: Called {chance.randint(1, 9)}", file.read_text()))


def _default(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    text = re.sub(r"^defaults: .*\n", "", file.read_text(), flags=re.MULTILINE)
    file.write_text(f"defaults: {{tags: [{chance.choice(('open', 'talk'))}]}}\n{text}")


def _rename(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    to = chance.choice(("mill", "press", "farm"))
    if not (file.parent / f"{to}.yaml").exists():
        file.write_text(
            f"formerly: [{file.stem}]\n"
            + re.sub(r"^formerly: .*\n", "", file.read_text(), flags=re.MULTILINE)
        )
        file.rename(file.parent / f"{to}.yaml")


def _settings(root: Path, chance: Random) -> None:
    site = SITE.replace("Example", chance.choice(("Example", "Another", "Third")))
    if chance.random() < 0.3:
        site = site.replace("[en, fr]", chance.choice(("[en]", "[fr, en]", "[en, fr, de]")))
    if chance.random() < 0.3:
        site += f"reminders: [{chance.choice(('evening', 'PT2H, evening'))}]\n"
    (root / "coopcal.yaml").write_text(site)


def _feed(root: Path, chance: Random) -> None:
    file = root / f"feeds/{chance.choice(('open', 'talks'))}.yaml"
    if file.exists() and chance.random() < 0.4:
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text(FEED.replace("[open]", f"[{chance.choice(('open', 'talk'))}]"))


def _reminders(root: Path, chance: Random) -> None:
    """Offer a feed with other reminders, and leave all else of it as it is."""
    file = root / "feeds/open.yaml"
    if file.exists():
        text = re.sub(r"^reminders: .*\n", "", file.read_text(), flags=re.MULTILINE)
        file.write_text(f"{text}reminders: [{chance.choice(('', 'morning', 'morning, P1D'))}]\n")


def breaks(root: Path, chance: Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(
        file.read_text() + chance.choice(("\t- bad\n", "  - {id: x\n", "nonsense: [\n", "unknown: 1\n"))
    )


def _event_moves(root: Path, chance: Random) -> None:
    """Move the last event of an organisation to another one, by its UID if it was published."""
    if len(files := _files(root)) > 1:
        giver, taker = chance.sample(files, 2)
        text, marker = giver.read_text(), "  - id: "
        rest, _, moved = text.rpartition(marker)
        if rest.count(marker) and not re.search(r"^(closed|removed|formerly):", moved, re.MULTILINE):
            name = moved.partition("\n")[0]
            pinned = f"{marker}{name}-{chance.randint(1, 99)}\n    uid: {name}.{giver.stem}@example.coop\n"
            giver.write_text(rest)
            taker.write_text(taker.read_text().rstrip("\n") + "\n" + pinned + moved.partition("\n")[2])


def _event_goes(root: Path, chance: Random) -> None:
    """Take the last event of an organisation away, as one says that does so."""
    file = chance.choice(_files(root))
    rest, _, gone = file.read_text().rpartition("  - id: ")
    if rest.count("  - id: ") and "removed:" not in rest and not rest.endswith("formerly: ["):
        file.write_text(f"removed: [{gone.partition(chr(10))[0]}]\n{rest}")


def _line(root: Path, chance: Random) -> None:
    """Write a line more before an event: what stands below moves down."""
    file = chance.choice(_files(root))
    file.write_text(file.read_text().replace("events:\n", "events:\n  # a remark\n", 1))


def texts(root: Path) -> dict[Path, bytes]:
    """Return all sources."""
    return {file: file.read_bytes() for file in (root / "coopcal.yaml", *root.glob("*/*.yaml"))}


def restore(root: Path, before: dict[Path, bytes]) -> None:
    """Take back what an edit did."""
    for file in root.glob("*/*.yaml"):
        file.unlink()
    for file, content in before.items():
        file.write_bytes(content)


EDIT: tuple[Callable[[Path, Random], None], ...] = (
    _rewrite, _retitle, _name, _default, _rename, _settings, _feed, _reminders, breaks,
    _event_moves, _event_goes, _line,
)  # fmt: skip
