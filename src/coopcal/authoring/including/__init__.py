"""Feeds of others that are merged in: fetched, judged, and kept as copies among the sources."""
