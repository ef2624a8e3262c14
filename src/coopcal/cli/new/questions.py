"""What ``coopcal new`` asks: each question with an example, and with what ``?`` tells of it."""

from collections.abc import Callable, Sequence

from coopcal.cli.new.asker import Question
from coopcal.cli.new.languages import named
from coopcal.model.message import msg

Each = Callable[[str], Question]
"""Gives the question for a language."""

LANGUAGES = Question(
    "--language",
    msg("In which languages are your events told (such as “de, it”; the usual one first)"),
    msg(
        "These are the languages of the calendar's pages, and of what you write. The first is the one that is shown to "
        "whoever has not chosen another. You can add one later."
    ),
)

COUNTRY = Question(
    "--country",
    msg("In which country are you (such as IT, or Italy)"),
    msg("It tells the time zone of events, and their public holidays. Its name or its two letters will do."),
)

TIMEZONE = Question(
    "--timezone",
    msg("The time zone (such as Europe/Rome)"),
    msg(
        "The times of events are those of this zone, unless their place says otherwise. It is named by its region and a city in it."
    ),
)

DOMAIN = Question(
    "--uid-domain",
    msg("A domain name of yours (such as example.org; Enter, if you have none)"),
    msg(
        "Calendars know each event by an identity that must not be another's anywhere, and a domain name of yours makes sure "
        "of that. It is never looked up and nothing need stand there. Choose it once: it never changes. If you have none, "
        "press Enter, and one is made up that nobody else has."
    ),
)

HOST = Question(
    "--host",
    msg(
        "Where will it be: “github-pages”, “gitlab-pages”, a “server” of your own, or not decided yet (Enter)"
    ),
    msg(
        "For a server of yours you get the files that it needs, and for GitHub and GitLab those by which they publish your calendar "
        "without a server. Everything works on your own machine without any of them, and you can decide later."
    ),
)

BASE_URL = Question(
    "--base-url",
    msg(
        "At which address will members see it (such as https://calendar.example.org; Enter, if not known yet)"
    ),
    msg(
        "Links in calendars and pages begin with it. It is a line in coopcal.yaml, “base_url”, and can be written there later."
    ),
)

PAGES_URL = Question(
    "--base-url",
    msg(
        "At which address will it be (on GitHub Pages https://NAME.github.io/REPOSITORY; on GitLab “Deploy”, “Pages” shows it)"
    ),
    msg(
        "Links in calendars and pages begin with it, and what was published is read there. It stands in coopcal.yaml twice, as "
        "“base_url” and as “published”."
    ),
)

NAME_HELP = msg("As people say it, such as on a poster. It may be changed whenever you like.")

URL = Question(
    "--url",
    msg("Its web site (such as https://www.example.org; Enter, if it has none)"),
    msg("It is linked from the organisation's page."),
)

EMAIL = Question(
    "--email",
    msg("An e-mail address for questions (such as office@example.org; Enter, if there is none)"),
    msg("It is published: everybody who sees the calendar can read it."),
)

ORGANISATION_ID = Question(
    "ID",
    msg("Its short name, for addresses (such as bakery; it never changes)"),
    msg(
        "It is made of small letters, digits and hyphens. It stands in the address of the organisation's calendar, and so it "
        "never changes; the name may."
    ),
)

FEED_ID = Question(
    "ID", msg("The short name in its address (such as courses; it never changes)"), ORGANISATION_ID.help
)

FEED_TITLE = Question(
    "--title",
    msg("What is the calendar called (such as “Courses in Italy”)"),
    msg("Members read it as the name of the calendar that they have subscribed to. It may be changed."),
    free=True,
)

EVENT_ID = Question(
    "--id",
    msg("Its short name (such as open-day-2027; it never changes)"),
    msg(
        "Calendars know the event again by it, whatever else of it changes. It is made of small letters, digits and hyphens. "
        "Enter takes what is proposed."
    ),
)

WHEN = Question(
    "--when",
    msg("When is it (such as 2027-03-14 09:00/17:30, or 14 March 2027, 9:00-17:30)"),
    msg(
        "A day, a day with a time, from and to, several days, or as little as is known: 2027-03-14, 2027-03-14 19:00, "
        "2027-03-14/2027-03-16, 2027-03, autumn 2027, 2027. It is shown in words before it is taken."
    ),
)

WHERE = Question(
    "--where",
    msg("Where is it (such as “The shop, Ghent”; Enter, if that is not known)"),
    msg("The name of the place and the town, or a name from “places” in the organisation's file."),
    free=True,
)

ONLINE = Question(
    "--online",
    msg("Its address online (such as https://meet.example.org/room; Enter, if it is not held online)"),
    msg(
        "It is published: whoever sees the event can join. Where only members may, leave it out here and read “online” in docs/format.md."
    ),
)

REPEATS = Question(
    "--repeats",
    msg("Does it repeat (such as “every month on second Tuesday until 2027-12-31”; Enter, if it does not)"),
    msg(
        "every day, every 2 weeks on Monday and Thursday, every month on 15, every year; with “until” and a day, or "
        "“10 times”, it ends."
    ),
)


def _called(language: str) -> str:
    return msg("What is it called in {language} (Enter: the same)", language=named(language))


def site_title(languages: Sequence[str]) -> Each:
    """Return the question what a site is called."""
    explained = msg("Members read it at the top of every page. It may be changed.")
    return _in(
        languages,
        "--title",
        lambda _: msg("What is the calendar of your events called (such as “Events of the valley”)"),
        lambda language: msg(
            "What is the calendar called in {language} (such as “Events of the valley”)",
            language=named(language),
        ),
        _called,
        explained,
    )


def organisation_name(languages: Sequence[str]) -> Each:
    """Return the question what an organisation is called."""
    return _in(
        languages,
        "--name",
        lambda _: msg("What is the organisation called (such as “The Bakery”)"),
        lambda language: msg(
            "What is the organisation called in {language} (such as “The Bakery”)", language=named(language)
        ),
        _called,
        NAME_HELP,
    )


def event_title(languages: Sequence[str]) -> Each:
    """Return the question what an event is called."""
    return _in(
        languages,
        "--title",
        lambda _: msg("What is the event called (such as “Open day”)"),
        lambda language: msg(
            "What is the event called in {language} (such as “Open day”)", language=named(language)
        ),
        _called,
        msg("What people read in their calendars. It may be changed."),
    )


def description(languages: Sequence[str]) -> Each:
    """Return the question what an event is about."""
    return _in(
        languages,
        "--description",
        lambda _: msg(
            "What is it about (such as “Come and see how bread is made.”; Enter, if there is nothing to say)"
        ),
        lambda language: msg(
            "What is it about, in {language} (such as “Come and see how bread is made.”; Enter, if there is nothing to say)",
            language=named(language),
        ),
        lambda language: msg(
            "And in {language} (Enter, if there is nothing to say)", language=named(language)
        ),
        msg("One line will do here; in the file there may be as many as you like."),
    )


def organisations(known: Sequence[str]) -> Question:
    """Return the question whose event it is."""
    return Question(
        "--organisation",
        msg("Whose event is it ({known})", known=", ".join(known)),
        msg(
            "The event is written into the file of this organisation, which is named for its short name in calendars/."
        ),
    )


def feed_organisations(known: Sequence[str]) -> Question:
    """Return the question whose events a feed holds."""
    return Question(
        "--organisation",
        msg("Whose events does it hold ({known}; Enter: everybody's)", known=", ".join(known)),
        msg("Short names of organisations, with commas between them."),
    )


def tags(known: Sequence[str]) -> Question:
    """Return the question for the tags of an event."""
    explained = msg(
        "Words by which people choose what they want to see: small letters, with commas between them."
    )
    if not known:
        return Question("--tag", msg("Tags (such as “course, bread”; Enter, if there are none)"), explained)
    return Question(
        "--tag", msg("Tags ({known}; Enter, if there are none)", known=", ".join(known)), explained
    )


VISIBILITY = Question(
    "--visibility",
    msg("Which groups may see it (such as “board, staff”)"),
    msg("The groups of the site, with commas between them. Nobody else is shown anything of it."),
)

FEED_FOR = Question(
    "--for",
    msg("For which groups it is (such as “board, staff”)"),
    msg("It then shows what these alone may see, too, and opens at secret addresses alone."),
)

FEED_TAGS = Question(
    "--tag",
    msg("With which tags (such as “course, bread”; Enter: whatever their tags are)"),
    msg("An event is in the feed where it has any of these."),
)

FEED_COUNTRIES = Question(
    "--country",
    msg("In which countries (such as “IT, Austria”; Enter: anywhere)"),
    msg("Their names or their two letters, with commas between them."),
)


def _in(
    languages: Sequence[str],
    option: str,
    alone: Callable[[str], str],
    first: Callable[[str], str],
    further: Callable[[str], str],
    explained: str,
) -> Each:
    """Return a question that names its language where there are several."""

    def of(language: str) -> Question:
        words = alone if len(languages) == 1 else first if language == languages[0] else further
        return Question(option, words(language), explained, free=True)

    return of
