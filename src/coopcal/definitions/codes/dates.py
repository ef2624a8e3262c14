"""What is wrong with dates, times and zones."""

from coopcal.model.problem import Code, Severity

ALSO_IN_WITHOUT_TIME = Code(
    "also-in-without-time",
    "Whole days are the same everywhere, so `also_in` says nothing of them.",
    Severity.NOTE,
    switchable=True,
)
BAD_DATE = Code("bad-date", "Dates are written year-month-day, each with its zeros.")
BAD_DURATION = Code("bad-duration", "Lengths are written PT90M or PT2H.")
BAD_HOURS = Code("bad-hours", "Opening hours are written 10:00/18:00, for every day, or by weekday or date.")
BAD_TIME = Code("bad-time", "Times are written by the 24-hour clock, hours and minutes parted by a colon.")
BAD_WHEN = Code("bad-when", "This is no date or time that is read here.")
DASH_FOR_SLASH = Code("dash-for-slash", "From and to are joined by /.")
DAYS_AND_TIMES = Code("days-and-times", "Both sides have times, or none has.")
DEADLINE_WITHOUT_TIME = Code("deadline-without-time", "A deadline has a day and a time.")
ENDS_AT_START = Code("ends-at-start", "An event lasts some time; an end that is not known is left out.")
ENDS_BEFORE_START = Code(
    "ends-before-start", "An event ends after it starts; over midnight both days are written."
)
HOURS_WITHOUT_DAYS = Code("hours-without-days", "Opening hours go with whole days.")
NO_SUCH_DAY = Code("no-such-day", "There is no such day or month.")
NO_SUCH_TIME = Code("no-such-time", "Clocks are put forward over this time.")
NOT_KNOWN_YET = Code("not-known-yet", "A date may be as vague as what is known.")
ODD_YEAR = Code("odd-year", "The year lies outside 1800 to 2200.")
TIME_WITHOUT_DAY = Code("time-without-day", "The day is missing.")
TWICE_THAT_DAY = Code(
    "twice-that-day",
    "Clocks are put back over this time, so it comes twice; the offset tells which is meant.",
)
WHICH_ZONE = Code(
    "which-zone",
    "The country has several time zones, and it is not told which is meant; or an event has several places, and clocks differ between them.",
)
WRONG_OFFSET = Code("wrong-offset", "The offset is not that of the time zone then.")
WRONG_WEEKDAY = Code("wrong-weekday", "The weekday is a witness of the date.")
