"""Cooperatives' events, kept as YAML, compiled into calendar feeds and served."""

__version__ = "0.1.0"
