"""Source files without a text: values that say nothing else go with their keys, and in longer ones three dots stand for it."""

import re

from coopcal.authoring.forgetting.needle import Needle

GONE = "…"
"""What stands for it within a longer text."""

_KEY = r"""[ \t]*["']?[\w.-]+["']?[ \t]*:[ \t]+"""
_WHOLE_LINE = re.compile(rf"""(?:{_KEY}|[ \t]*-[ \t]+)["']?""")
_COMMENT = re.compile(r"""(?:^|\s)#[^"']*$""")
_ENDS_LINE = re.compile(r"""["']?[ \t]*(?:#.*)?""")
_IN_BRACKETS = re.compile(r"""(?P<comma>,[ \t]*)?(?P<key>["']?[\w.-]+["']?:[ \t]+)?["']?$""")
_ENDS_IN_BRACKETS = re.compile(r"""["']?[ \t]*(?=[,}\]])""")
_EMPTY_BRACKETS = re.compile(rf"""^(?:[ \t]*-[ \t]+|{_KEY})(?:\{{[ \t]*\}}|\[[ \t]*\])[ \t]*(?:#.*)?$""")
_EMPTY_IN_BRACKETS = re.compile(
    r"""(,[ \t]*)?["']?[\w.-]+["']?:[ \t]+(?:\{[ \t]*\}|\[[ \t]*\])[ \t]*(,[ \t]*)?"""
)
_OPEN_KEY = re.compile(
    r"""^([ \t]*)(?:-[ \t]+)?["']?[\w.-]+["']?[ \t]*:[ \t]*(?:[|>][-+]?)?[ \t]*(?:#.*)?$"""
)


def without(text: str, needle: Needle, *, keys: bool = True) -> str:
    """Return a source file in which a text stands no longer; whether that is a valid one is for others to check.

    Without ``keys`` these stay, with three dots as their value.
    """
    for span in reversed([*needle.spans(text)]):
        text = without_one(text, span, keys=keys)
    return text


def without_one(text: str, span: tuple[int, int], *, keys: bool) -> str:
    """Return a source file without what stands in one place, from where to where; see ``without``."""
    first, last = _with_its_address(text, *span)
    return _without_one(text, first, last) if keys else f"{text[:first]}{GONE}{text[last:]}"


def _with_its_address(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch, with all of the e-mail address that it is in, as half of one is none."""
    while start and re.match(r"[\w.+@-]", text[start - 1]) and _is_of_address(text, start - 1, end):
        start -= 1
    while end < len(text) and re.match(r"[\w.+@-]", text[end]) and _is_of_address(text, start, end + 1):
        end += 1
    return start, end


def _is_of_address(text: str, start: int, end: int) -> bool:
    whole = re.search(r"[\w.+@-]*$", text[:start]), re.match(r"[\w.+@-]*", text[start:])
    joined = "".join(part[0] for part in whole if part)
    return "@" in joined and not re.search(r"\s", text[start:end])


def _without_one(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    last -= text.endswith("\r", first, last)
    before, after = text[first:start], text[end:last]
    if (comment := _COMMENT.search(before)) is not None:
        kept = before[: comment.start()].rstrip()
        return f"{text[:first]}{kept}{text[last:]}" if kept else _without_line(text, first, last)
    if _WHOLE_LINE.fullmatch(before) and _ENDS_LINE.fullmatch(after):
        return _emptied(_without_line(text, first, last), first)
    within, ends = _IN_BRACKETS.search(before), _ENDS_IN_BRACKETS.match(after)
    if within is not None and ends is not None:
        left, right = before[: within.start()].rstrip(" \t"), after[ends.end() :]
        if left.endswith(("{", "[")) or within["comma"]:
            if not within["comma"]:
                right = re.sub(r"^,[ \t]*", "", right)
            line = _without_empty(f"{left}{right}")
            whole = f"{text[:first]}{line}{text[last:]}"
            return (
                _emptied(_without_line(whole, first, first + len(line)), first)
                if _EMPTY_BRACKETS.match(line)
                else whole
            )
    return f"{text[:start]}{GONE}{text[end:]}"


def _without_line(text: str, first: int, last: int) -> str:
    end = re.compile("\r?\n").match(text, last)
    return text[:first] + text[end.end() if end else last :]


def _without_empty(line: str) -> str:
    """Return a line without keys in brackets that nothing is left of."""
    while (match := _EMPTY_IN_BRACKETS.search(line)) is not None and not _EMPTY_BRACKETS.match(line):
        both = match[1] and match[2]
        line = f"{line[: match.start()]}{', ' if both else ''}{line[match.end() :]}"
    return line


def _emptied(text: str, at: int) -> str:
    """Return a text without the key above a place below which nothing is left."""
    lines = text[:at].splitlines(keepends=True)
    if not lines or (key := _OPEN_KEY.match(lines[-1].rstrip("\r\n"))) is None:
        return text
    rest = next(
        (line for line in text[at:].splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    indent = len(rest) - len(rest.lstrip(" "))
    is_list = rest.lstrip().startswith("- ") and indent == len(key[1])
    if rest and (indent > len(key[1]) or is_list):
        return text
    first = at - len(lines[-1])
    return _emptied(text[:first] + text[at:], first)
