"""What changed for subscribers: facts of two states, compared, in words, and kept as a log."""
