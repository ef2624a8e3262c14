"""Events as bytes: iCalendar, and the words and texts in it."""
