"""What stands in addresses: ids, months, weeks, years."""

from datetime import date

from werkzeug.routing import BaseConverter, ValidationError


class SlugConverter(BaseConverter):
    """An id in an address."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class MonthConverter(BaseConverter):
    """A month in an address, ``2026-12``: its year and its number."""

    regex = r"[1-9]\d{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> tuple[int, int]:
        """Return year and month."""
        year, number = value.split("-")
        return int(year), int(number)


class WeekConverter(BaseConverter):
    """A week in an address, ``2026-W50`` (ISO 8601): its Monday."""

    regex = r"[1-9]\d{3}-W(?:0[1-9]|[1-4]\d|5[0-3])"

    def to_python(self, value: str) -> date:
        """Return the Monday; a year that has no week 53 has no such address."""
        year, number = value.split("-W")
        try:
            return date.fromisocalendar(int(year), int(number), 1)
        except ValueError as error:
            raise ValidationError from error


class YearConverter(BaseConverter):
    """A year in an address."""

    regex = r"[1-9]\d{3}"

    def to_python(self, value: str) -> int:
        """Return the year."""
        return int(value)
