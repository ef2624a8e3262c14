"""Checking what is pasted, in a process of its own, against what the public site tells."""
