"""What a compiled site holds, as people look at it: occurrences in order, months, search, filters."""
