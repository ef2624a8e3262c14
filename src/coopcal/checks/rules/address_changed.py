"""A site whose address is another than before: what calendars subscribed to has to go on."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.model.addresses import is_a_move
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.site import UNKNOWN_BASE_URL

ADDRESS_CHANGED = Code(
    "address-changed",
    "Whoever subscribed at the former address of the site goes on there, if `also_at` names it.",
    Severity.WARNING,
    switchable=True,
)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """A site that moved names the address that it had when it was published before."""
    settings, facts = overview.catalogue.settings, overview.previous and overview.previous.facts
    old = facts.address if facts else ""
    if not old or old in settings.former or not is_a_move(old, settings.base_url):
        return
    if settings.base_url == UNKNOWN_BASE_URL:
        problems.tell(
            settings.base_url_position or settings.position,
            ADDRESS_CHANGED,
            msg(
                "The site was published with “base_url: {old}”, and now says no address: links would lead nowhere",
                old=old,
            ),
            f"base_url: {old}",
        )
        return
    line = f"also_at: [{', '.join((old, *settings.former))}]"
    problems.tell(
        settings.base_url_position or settings.position,
        ADDRESS_CHANGED,
        msg(
            "“base_url” was “{old}”, and “also_at” does not name it: whoever subscribed there is not told of the move",
            old=old,
        ),
        msg(
            "{line}   (a line of its own in {path}; or write the former address again)",
            line=line,
            path=settings.position.path,
        ),
    )


RULE = WideRule((ADDRESS_CHANGED,), conclude, looks_back=True)
