"""What ``robots.txt`` lets a program fetch (RFC 9309)."""

from collections.abc import Iterator

LARGEST = 500_000
"""Bytes of the file that are read, as the standard asks."""


def is_allowed(robots: bytes, agent: str, target: str) -> bool:
    """Return whether a program may fetch a path: the longest rule that fits holds, and allowing wins."""
    verdict, longest = True, -1
    for allows, path in _rules_for(robots, agent.lower()):
        if len(path) < longest or not _fits(path, target):
            continue
        verdict = allows or (verdict and len(path) == longest)
        longest = len(path)
    return verdict


def _rules_for(robots: bytes, agent: str) -> list[tuple[bool, str]]:
    """Return the rules of the groups that name a program, else of those for all others."""
    by_agent: dict[str, list[tuple[bool, str]]] = {}
    named: list[str] = []
    in_rules = False
    for key, value in _lines(robots):
        if key == "user-agent":
            named = [] if in_rules else named
            named.append(value.lower())
            in_rules = False
            by_agent.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            in_rules = True
            for name in named:
                if value:
                    by_agent[name].append((key == "allow", value))
    return by_agent.get(agent, by_agent.get("*", []))


def _lines(robots: bytes) -> Iterator[tuple[str, str]]:
    text = robots[:LARGEST].decode("utf-8-sig", "replace")
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _fits(path: str, target: str) -> bool:
    """Return whether a rule fits a path: ``*`` is anything, ``$`` its end."""
    ends = path.endswith("$")
    first, *others = path.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = others.pop() if ends and others else None
    for piece in others:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return target.endswith(last) and len(target) - len(last) >= at
    return not ends or at == len(target)
