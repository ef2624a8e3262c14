"""Results as a picture of two columns: a panel for each section, a dot for each median on a logarithmic scale, a line from lowest to highest."""

import math
from collections.abc import Callable
from html import escape

from benchmarks.result import Role, Row, Section

WIDTH, LEFT, RIGHT = 720, 250, 80
"""Of a column: as a whole, for names, and for figures."""

COLUMNS = 2
LINE, HEAD, FOOT = 20, 34, 26
COLOURS = {Role.OURS: "#b3261e", Role.PEER: "#2b5c8a", Role.LIMIT: "#777777"}


def svg(sections: list[Section]) -> str:
    """Return the picture as SVG."""
    parts, ends = [_legend()], [HEAD] * COLUMNS
    for section in sections:
        column = ends.index(min(ends))
        parts.append(f'<g transform="translate({column * WIDTH} {ends[column]})">\n{_panel(section)}</g>\n')
        ends[column] += HEAD + LINE * len(section.rows) + FOOT
    width, height = COLUMNS * WIDTH, max(ends)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="12" fill="#222222">\n'
        f'<title>Benchmarks of coopcal</title>\n<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        + "".join(parts)
        + "</svg>\n"
    )


def _legend() -> str:
    return "".join(
        f'<circle cx="{20 + 110 * index}" cy="18" r="5" fill="{COLOURS[role]}"/>'
        f'<text x="{30 + 110 * index}" y="22">{role.value}</text>\n'
        for index, role in enumerate(Role)
    )


def _panel(section: Section) -> str:
    values = [value for row in section.rows for value in row.values if value > 0]
    low = math.floor(math.log10(min(values, default=1)))
    high = max(math.ceil(math.log10(max(values, default=10))), low + 1)

    def place(value: float) -> float:
        power = math.log10(value) if value > 0 else low
        return LEFT + (power - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    bottom = HEAD + LINE * len(section.rows)
    parts = [
        f'<text x="10" y="20" font-weight="bold">{escape(section.title)} ({escape(section.unit)})</text>\n'
    ]
    for power in range(low, high + 1):
        x = f"{place(10.0**power):.1f}"
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{HEAD - 6}" y2="{bottom}" stroke="#dddddd"/>'
            f'<text x="{x}" y="{bottom + 14}" text-anchor="middle" fill="#666666">{10.0**power:,.12g}</text>\n'
        )
    parts += [_dot(row, HEAD + LINE * index + 8, place) for index, row in enumerate(section.rows)]
    return "".join(parts)


def _dot(row: Row, y: int, place: Callable[[float], float]) -> str:
    colour = COLOURS[row.role]
    least, most, middle = (f"{place(value):.1f}" for value in (min(row.values), max(row.values), row.median))
    shown = f"{row.median:,.0f}" if row.median >= 100 else f"{row.median:.3g}"
    return (
        f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>'
        f'<line x1="{least}" x2="{most}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{middle}" cy="{y}" r="4.5" fill="{colour}"/>'
        f'<text x="{WIDTH - 30}" y="{y + 4}" text-anchor="end">{shown}</text>\n'
    )
