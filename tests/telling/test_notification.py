"""What receivers are sent: bounded, harmless in chats, and signed as others verify it."""

import json
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.model.change import Difference, EventChange, LogEntry
from coopcal.model.facts import NamedFacts
from coopcal.model.message import Message
from coopcal.model.organisation import Reference
from coopcal.model.problem import Position
from coopcal.model.receiver import Body, Receiver
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text
from coopcal.model.when import WholeDays
from coopcal.outside.answer import Fault, Unanswered
from coopcal.outside.guard import Guard
from coopcal.site.told import Told
from coopcal.telling.notification import MOST_EVENTS, Notification
from coopcal.telling.posting import post
from coopcal.telling.signature import Signer, signer_of
from coopcal.telling.state import AT_FIRST, keyed

HERE = Position("coopcal.yaml")
SETTINGS = SiteSettings(HERE, "example.coop", Text.of("en", "The <valley>"), "https://calendars.example.coop")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = WholeDays(date(2026, 9, 12), date(2026, 9, 12))


def told(*titles: str, organisation: str = "bakery") -> Told:
    """Return a log in which events have got titles, the newest first."""
    entries = [
        LogEntry(
            NOW + timedelta(seconds=number),
            EventChange(
                f"e{number}@example.coop",
                f"{organisation}/e{number}",
                organisation,
                f"/events/{organisation}/e{number}/",
                Text.of("en", title),
                DAYS,
                (Difference("retitled", Text.of("en", "Before"), Text.of("en", title)),),
                (organisation,),
                (organisation,),
            ),
        )
        for number, title in enumerate(titles)
    ]
    return Told(tuple(reversed(entries)), {"bakery": NamedFacts(Text.of("en", "The Bakery"), ("oven",))}, {})


def sent(log: Told, form: Body = "json", *of: str, since: datetime = AT_FIRST) -> Notification:
    receiver = Receiver(
        "https://hooks.example.org", form, organisations=tuple(Reference(one, HERE) for one in of)
    )
    return Notification.of(SETTINGS, log, receiver, since, NOW + timedelta(days=1))


def text(notification: Notification) -> str:
    values = json.loads(notification.body)
    assert list(values) == ["text"]
    return str(values["text"])


def test_a_chat_is_told_in_words() -> None:
    assert text(sent(told("Market", "Fair"), "text")) == (
        "Changes: The ‹valley›\n"
        "\n"
        "The Bakery\n"
        "• Market\n"
        "  New title: Market (before: Before)\n"
        "  https://calendars.example.coop/events/bakery/e0/\n"
        "• Fair\n"
        "  New title: Fair (before: Before)\n"
        "  https://calendars.example.coop/events/bakery/e1/"
    )


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400), min_size=1, max_size=300
    )
)
def test_nothing_in_a_title_calls_anybody_or_is_endless(titles: list[str]) -> None:
    """Whatever is in it, what is sent stays short, has its own lines alone, and no mention that a chat would read."""
    calling = [f"{title} @everyone <!channel> <@U1> @here" for title in titles]
    said = text(sent(told(*calling), "text"))

    assert len(said) < 5000
    assert "<" not in said
    assert "@e" not in said
    assert "@h" not in said
    assert said.count("•") <= len(titles) + sum(title.count("•") for title in titles) * 2
    assert all(line.isprintable() for line in said.replace("\N{WORD JOINER}", "").split("\n"))


@pytest.mark.parametrize("number", [1, MOST_EVENTS, MOST_EVENTS + 1, 700])
def test_of_many_changes_some_are_sent_and_the_others_counted(number: int) -> None:
    """To programs and to people; and they are told where all of them stand."""
    log = told(*(f"Event {one}" for one in range(number)))
    data = json.loads(sent(log, "json", "bakery").body)["data"]
    said = text(sent(log, "text", "bakery"))

    assert len(data["events"]) + data["more"] == number
    assert len(data["events"]) <= MOST_EVENTS
    assert data["changes"] == "https://calendars.example.coop/feeds/bakery/changes.atom"
    shown = said.count("• ")
    if shown < number:
        assert said.endswith(f"\n\n{number - shown} more: {data['changes']}")
    else:
        assert "more" not in said


def test_it_concerns_who_has_the_id_or_had_it_before() -> None:
    log = told("Market", organisation="oven")

    assert [bool(sent(log, "json", *of).entries) for of in ((), ("bakery",), ("oven",), ("mill",))] == [True, True, True, False]  # fmt: skip


def test_what_was_told_is_not_told_again() -> None:
    """An instant belongs to what ends with it."""
    log = told("A", "B", "C")
    later = sent(log, since=NOW + timedelta(seconds=1))

    assert [entry.change.key for entry in later.entries] == ["bakery/e2"]


def test_a_signature_is_that_of_the_specification() -> None:
    """The example of Standard Webhooks; of several secrets each one signs."""
    at = datetime.fromtimestamp(1614265330, UTC)
    arguments = ("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    one = signer_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    two = signer_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert isinstance(one, Signer)
    assert isinstance(two, Signer)

    assert one.headers(*arguments) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert two.headers(*arguments)["webhook-signature"].startswith("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,")  # fmt: skip


@pytest.mark.parametrize("secret", ["", " ", "guess", "whsec_", "whsec_Zm9v", "ä" * 40, "A" * 31, "A" * 90])
def test_what_is_no_secret_is_told_without_a_word_of_it(secret: str) -> None:
    why = signer_of(secret)

    assert isinstance(why, Message)
    assert not secret.strip() or secret not in why


def test_keys_of_receivers_tell_no_address_and_stay_when_others_go() -> None:
    """Where the same address stands twice, each is told."""
    one, two, three = (Receiver(f"https://hooks.example.org/{name}") for name in ("a", "b", "a"))

    assert len(keyed([one, two, three])) == 3
    assert keyed([two]).keys() <= keyed([one, two, three]).keys()
    assert not any("hooks" in key for key in keyed([one, two, three]))


def test_over_http_nobody_on_the_public_internet_is_told() -> None:
    """Whatever a name leads to, it is refused before anything is sent."""
    guard = Guard(resolve=lambda _: ["1.1.1.1"])
    answer = post("http://hooks.example.org/", {}, b"{}", guard)

    assert isinstance(answer, Unanswered)
    assert answer.fault is Fault.REFUSED
    assert not guard.refuses(ip_address("1.1.1.1"))
