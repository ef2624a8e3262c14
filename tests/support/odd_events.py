"""A site of events that are told in many ways: what lists, months, pages and searches have words for, in three languages."""

from pathlib import Path

from tests.support.trees import lay

LANGUAGES = ("en", "de", "pt-BR")

SITE = """\
title: {en: Cooperatives of the coast, de: Genossenschaften der Küste, pt-BR: Cooperativas da costa}
uid_domain: coast.example
base_url: https://coast.example
languages: [en, de, pt-BR]
timezone: Europe/Dublin
tags: {market: {en: Market, de: Markt, pt-BR: Feira}}
"""

HARBOUR = """\
name: The Harbour
country: IE
breaks: {christmas: 2026-12-26/2027-01-03}
url: https://harbour.example.coop
email: quay@harbour.example.coop
places: {quay: {name: The quay, address: 1 Quay Road, city: Cork, country: IE}, hall: {name: {en: The hall, de: Die Halle}, city: Cork, country: IE}}
events:
  - id: market
    title: {en: Fish market, de: Fischmarkt}
    when: 2026-09-05 08:00/12:00
    where: quay
    tags: [market]
    repeats:
      every: week
      until: 2027-06-26
      except: [christmas]
      also: [2026-12-24 08:00/12:00, 2026-12-23 09:00/18:00]
      changes:
        2026-12-05: {when: 2026-12-06 09:00/13:00, reason: {en: The fair is on, fr: C'est la foire}}
        2026-12-12: {status: cancelled, reason: Storm}
        2027-01-16: {registration: {full: true}}
        from 2027-02-06: {where: hall}
        from 2027-04-03: {title: {en: Market of spring, fr: Marché du printemps}, where: quay, online: https://fish.example.coop/live}
  - {id: course, title: {fr: Cours de nœuds}, tags: [market], when: [2027-02-17 19:00/21:00, 2027-02-24 19:00/21:00, 2027-03-06 10:00/12:00, 2027-03-10 10:00/12:00]}
  - {id: walks, title: Walks, when: [{when: 2026-12-11, status: cancelled, reason: Rain}, 2026-12-18, 2026-12-25]}
  - {id: fair, title: Fair of the guilds, when: 2026-12-05 10:00/16:00, where: quay, organisers: [bakery, {name: {en: Guild 1, de: Zunft 1}}, {name: Guild 2}, {name: Guild 3}, {name: Guild 4}, harbour], registration: {url: https://harbour.example.coop/r, price: free}}
  - {id: talk, title: Talk on tides, when: 2026-12-01 18:00/19:00, online: https://harbour.example.coop/talk, timezone: America/Sao_Paulo, also_in: [Europe/Berlin], languages: [en, de]}
  - {id: show, title: Exhibition, when: 2026-11-01/2027-01-31, hours: 10:00/18:00, where: hall}
  - {id: congress, title: Congress, when: autumn 2027}
  - {id: jubilee, title: Jubilee, when: 2028}
  - {id: prize, title: Entries for the prize, when: until 2027-01-31 12:00}
  - {id: party, title: Winter party, when: 2026-12-19, status: postponed, reason: No heating}
  - {id: picnic, title: Picnic, when: "2027-05-01 ??:??", status: tentative}
  - {id: regatta, title: Regatta, when: 2024-06-01 10:00/12:00, series: regatta, description: The heron won.}
  - {id: regatta-2027, title: Regatta, when: 2027-06-05 10:00/12:00, series: regatta}
  - id: days
    title: Days of the harbour
    when: 2027-03-19/2027-03-20
    where: hall
    sessions:
      - {id: opening, title: Opening, when: 2027-03-19 09:00/10:00}
      - {id: nets, title: Nets, when: 2027-03-19 10:00/11:00, where: quay}
      - {id: sails, title: Sails, when: 2027-03-19 10:00/11:00}
"""


def odd(folder: Path) -> Path:
    """Lay the sources of the site into a folder."""
    return lay(
        folder,
        {
            "coopcal.yaml": SITE,
            "calendars/bakery.yaml": "name: The Bakery\ncountry: IE\n",
            "calendars/harbour.yaml": HARBOUR,
            "feeds/all.yaml": "title: All of the coast\n",
            "feeds/markets.yaml": "title: {en: Markets, de: Märkte}\nselect: {tags: [market]}\nreminders: [evening]\n",
        },
    )
