"""A domain in UIDs that is another than before."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

UID_DOMAIN_CHANGED = Code(
    "uid-domain-changed",
    "`uid_domain` is written once: with another one, every subscriber would see every event twice.",
)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """``uid_domain`` is written once and never changes."""
    settings, previous = overview.catalogue.settings, overview.previous
    if previous is not None and previous.uid_domain != settings.uid_domain:
        problems.tell(
            settings.uid_domain_position or settings.position,
            UID_DOMAIN_CHANGED,
            msg(
                "“uid_domain” was “{uid_domain}”; with another one, members would see every event twice",
                uid_domain=previous.uid_domain,
            ),
            f"uid_domain: {previous.uid_domain}",
        )


RULE = WideRule((UID_DOMAIN_CHANGED,), conclude, looks_back=True)
