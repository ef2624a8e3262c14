"""What is wrong with events that recur."""

from coopcal.model.problem import Code, Severity

BAD_REPEATS = Code("bad-repeats", "How it recurs is told in words that are read here.")
CLOCKS_CHANGE = Code(
    "clocks-change",
    "A date of a series must not begin or end while the clocks are changed over that time: calendars would show it an hour off.",
)
DATE_IN_TWO_LISTS = Code("date-in-two-lists", "A date of a series is told of once.")
EMPTY_BREAK = Code(
    "empty-break",
    "A break that `except` names meets none of the dates: perhaps it is that of another year.",
    Severity.NOTE,
    switchable=True,
)
FIRST_DATE_NOT_IN_RULE = Code(
    "first-date-not-in-rule", "The first date of a series, in `when`, is one that the rule gives."
)
IMPOSSIBLE_RULE = Code(
    "impossible-rule",
    "Calendars must read a rule alike; one that says a thing twice, or that not all of them can read, is refused.",
)
MOVED_ONTO_ANOTHER = Code(
    "moved-onto-another", "A date is not moved, or added, to where another one takes place."
)
NO_DATES_LEFT = Code("no-dates-left", "A series has at least one date.")
NO_END_OVER_CLOCK_CHANGE = Code(
    "no-end-over-clock-change",
    "When the clocks are changed while something goes on, calendars differ on when it ends, so each such date is written out: a series of that kind has an end, and does not begin with such a date.",
)
NO_SUCH_OCCURRENCE = Code(
    "no-such-occurrence", "A date that is excepted or changed is one that the rule gives."
)
NOT_IN_EVERY_MONTH = Code(
    "not-in-every-month", "Some days are not in every month, and calendars differ on what is then."
)
TOO_FAR_AHEAD = Code("too-far-ahead", "Dates are followed for 60 years.")
TOO_MANY_DATES = Code(
    "too-many-dates", "A list in `when` has 500 dates at most; what follows a rule is written with `repeats`."
)
UNKNOWN_BREAK = Code("unknown-break", "A break that is named stands under `breaks`.")
