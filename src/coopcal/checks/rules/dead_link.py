"""Links that are dead, once their addresses have been asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping

from coopcal.model.link import Finding
from coopcal.model.message import msg, plural
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problem, Problems, Severity

DEAD_LINK = Code(
    "dead-link",
    "A link leads nowhere: there is no such page or machine, its certificate is not valid, or its server fails.",
    Severity.WARNING,
    switchable=True,
)
LINKS_NOT_CHECKED = Code(
    "links-not-checked",
    "Links could not be looked at, as this machine is not online, or there was no time left.",
    Severity.WARNING,
)


def asked_for(link: Reference) -> str:
    """Return what is asked for of a link: its address without the part of the page."""
    return link.id.split("#", 1)[0]


def dead_links(links: Iterable[Reference], findings: Mapping[str, Finding]) -> tuple[Problem, ...]:
    """Every link works; what could not be looked at is told once for each reason."""
    problems = Problems()
    counts = Counter(finding for finding in findings.values() if not finding.sure)
    unsure: set[Finding] = set()
    for link in links:
        finding = findings.get(asked_for(link))
        if finding is None:
            continue
        if finding.sure:
            message = msg("The link does not work: {reason}", reason=finding.said)
            problems.tell(link.position, DEAD_LINK, message, msg("mend the address, or take the link out"))
        elif finding not in unsure:
            unsure.add(finding)
            count = counts[finding]
            message = plural(
                "{count} link was not looked at: {reason}",
                "{count} links were not looked at: {reason}",
                count,
                reason=finding.said,
            )
            problems.tell(link.position, LINKS_NOT_CHECKED, message, msg("try again later"))
    return tuple(problems.found)
