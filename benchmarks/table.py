"""Results as Markdown: everything in one page, and a line of each section for the README."""

from benchmarks.result import Role, Row, Section

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def page(sections: list[Section], heading: str) -> str:
    """Return all results as a page of Markdown; ``heading`` says when and on what they were measured."""
    return f"# Benchmarks\n\n{heading}\n\n![Plot of all figures](plot.svg)\n\n" + "\n".join(
        map(_section, sections)
    )


def summary(sections: list[Section], heading: str) -> str:
    """Return a line of each section: coopcal, and each peer or limit as a multiple of it."""
    lines = [heading, "", "| | coopcal | beside it |", "|---|---|---|"]
    for section in sections:
        first, *others = section.rows
        beside = ", ".join(
            f"{other.name} {_figure(other.median / first.median)} ×" for other in others if first.median
        )
        lines.append(f"| {section.title} | {_figure(first.median)} {section.unit} | {beside} |")
    return "\n".join(lines) + "\n"


def with_summary(text: str, lines: str) -> str:
    """Return a page with its summary put anew between its two marks; raise ValueError where it has none."""
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"The page has no {BEGIN} and {END} to put the summary between")
    return f"{before}{BEGIN}\n{lines}{END}{after}"


def _section(section: Section) -> str:
    has_costs = any(row.processor is not None for row in section.rows)
    first = section.rows[0].median
    head = f"| | median, {section.unit} | lowest to highest | × the first |"
    rule = "|---|--:|--:|--:|"
    if has_costs:
        head, rule = f"{head} processor, s | memory, MiB |", f"{rule}--:|--:|"
    lines = [f"## {section.title}", ""]
    if section.note:
        lines += [section.note, ""]
    lines += [head, rule, *(_line(row, first, has_costs=has_costs) for row in section.rows)]
    return "\n".join(lines) + "\n"


def _line(row: Row, first: float, *, has_costs: bool) -> str:
    name = row.name if row.role is Role.OURS else f"{row.name} ({row.role.value})"
    ratio = _figure(row.median / first) if first else ""
    cells = [name, _figure(row.median), f"{_figure(min(row.values))} to {_figure(max(row.values))}", ratio]
    if has_costs:
        cells += ["" if value is None else _figure(value) for value in (row.processor, row.memory)]
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    """Return a number with three digits that matter, or all of its whole ones."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
