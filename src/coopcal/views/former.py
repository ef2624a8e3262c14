"""Where pages are now whose address has an id that was given up."""

from collections.abc import Mapping

from coopcal.site.reader import Site


class FormerAddresses:
    """The former addresses of a site's pages; nothing that is there now is taken for a former one."""

    def __init__(self, site: Site) -> None:
        self._feeds = {name: entry.id for name, entry in site.feeds.items() if name != entry.id}
        self._organisations = _by_former({one.id: one.former for one in site.organisations})
        self._events: dict[tuple[str, ...], str] = {}
        self._known = {(event.organisation, *event.path) for event in site.events}
        for event in site.events:
            above = (event.organisation, *event.path[:-1])
            self._events |= {(*above, former): event.path[-1] for former in event.former}

    def now(self, path: str) -> str | None:
        """Return the address that a page has now, with all that stands below it; None where it is no former one."""
        kind, *ids = path.removeprefix("/").split("/")
        match kind:
            case "feeds":
                ids[:1] = [self._feeds.get(name, name) for name in ids[:1]]
            case "organisations":
                ids[:1] = [self._organisations.get(name, name) for name in ids[:1]]
            case "events":
                ids[:1] = [self._organisations.get(name, name) for name in ids[:1]]
                ids[1:] = self._walked(tuple(ids[:1]), ids[1:])
            case _:
                return None
        current = "/".join(("", kind, *ids))
        return current if current != path else None

    def _walked(self, above: tuple[str, ...], ids: list[str]) -> list[str]:
        """Follow an event and its sessions down, as far as there are any."""
        for number, name in enumerate(ids):
            if (*above, name) not in self._known:
                if (*above, name) not in self._events:
                    return [*above[1:], *ids[number:]]
                name = self._events[*above, name]  # noqa: PLW2901 - it goes on as what it is now
            above = (*above, name)
        return list(above[1:])


def _by_former(former: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {name: now for now, names in former.items() for name in names if name not in former}
