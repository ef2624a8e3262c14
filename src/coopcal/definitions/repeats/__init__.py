"""``repeats``: staff's words for how an event recurs → a rule, and what differs on some of its dates."""
