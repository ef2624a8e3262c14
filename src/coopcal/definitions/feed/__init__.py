"""Feeds: what they select, how they show it, and how far back and ahead."""
