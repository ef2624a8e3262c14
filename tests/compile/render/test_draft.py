"""An entry in all renderings: what is kept of one is taken for no other that differs."""

from itertools import product
from pathlib import Path

from tests.support.trees import NOW, lay

from coopcal.compile.pipeline import check
from coopcal.compile.render.draft import Draft
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.model.feed import ShowBusy, ShowCancelled, ShowImprecise, ShowOrganisation, ShowSessions
from coopcal.model.text import Languages
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events

BAKERY = """\
name: {en: The Bakery, fr: Le fournil}
country: BE
events:
  - {id: some-time, title: {en: Fair, fr: Foire}, when: 2026-07, tags: [open-doors], where: {city: Ghent}}
  - id: talk
    title: {en: Talk, fr: Exposé}
    when: 2026-06-16 09:00/10:00
    shows_as: busy
    description: {en: Come, fr: Venez}
    sessions: [{id: tea, title: {en: Tea, fr: Thé}, when: 2026-06-16 09:30/10:00}]
  - {id: off, title: Party, when: 2026-06-19, status: cancelled}
  - id: weekly
    title: Market
    when: 2026-06-02 19:00/21:00
    repeats: {every: week, count: 4, changes: {2026-06-09: {status: cancelled}, 2026-06-16: {title: {fr: Fête}}}}
"""


def test_each_rendering_is_as_if_there_were_no_other(tmp_path: Path) -> None:
    """In whatever order they are asked for, and whatever they share."""
    catalogue = check(lay(tmp_path, {"calendars/bakery.yaml": BAKERY}), NOW).catalogue
    assert catalogue is not None
    around, events = Surroundings(catalogue), public_events(catalogue, Turns(NOW))
    languages = (Languages(("en",)), Languages(("fr",), ("en",)), Languages(("en", "fr")))
    ways = (languages, ShowOrganisation, ShowCancelled, ShowImprecise, ShowSessions, ShowBusy)
    renderings = [Rendering(*choice) for choice in product(*ways)]
    alone = {(event.path, one): Draft(event, around).rendered(one) for event in events for one in renderings}

    assert len({rendered.digest for rendered in alone.values()}) > len(events) * len(languages)
    for order in (renderings, renderings[::-1]):
        for event in events:
            draft = Draft(event, around)
            assert [draft.rendered(one) for one in order] == [alone[event.path, one] for one in order]
