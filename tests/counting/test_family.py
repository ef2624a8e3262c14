"""Families of programs are known by the names that programs really give themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.counting.family import HABITS, Family, family_of

SEEN = {
    "Google-Calendar-Importer": Family.GOOGLE,
    "iOS/18.0 (22A3354) dataaccessd/1.0": Family.APPLE,
    "macOS/13.4 (22F66) dataaccessd/1.0": Family.APPLE,
    "Mac_OS_X/10.9.2 (13C64) CalendarAgent/176": Family.APPLE,
    "Microsoft Office/15.0 (Windows NT 6.3; Microsoft Outlook 15.0.4771; Pro)": Family.OUTLOOK,
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)": Family.OUTLOOK,
    "Microsoft.Exchange/15.20 (OutlookCalendar)": Family.MICROSOFT,
    "Nextcloud Webcal Service": Family.NEXTCLOUD,
    "Nextcloud Server Crawler": Family.NEXTCLOUD,
    "ICSx5/2.3.1 (ical4j/4.0.7 okhttp/5.0.0-alpha.14/Android/14)": Family.ICSX5,
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0": Family.THUNDERBIRD,
    "Evolution/3.52.3": Family.EVOLUTION,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0": Family.BROWSER,
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": Family.OTHER,
    "Amazon CloudFront": Family.CDN,
    "curl/8.9.1": Family.OTHER,
    "-": Family.OTHER,
    "": Family.OTHER,
}


@pytest.mark.parametrize(("agent", "family"), SEEN.items(), ids=lambda value: str(value)[:30])
def test_a_program_is_of_its_family(agent: str, family: Family) -> None:
    assert family_of(agent) is family


@given(st.text(max_size=400))
def test_any_name_is_of_some_family(agent: str) -> None:
    assert family_of(agent) in HABITS


def test_every_family_is_known_by_some_name_and_has_habits() -> None:
    assert set(SEEN.values()) == set(Family) == set(HABITS)
