"""Calendars and tables of others → events of this format; what cannot come over is told, line by line."""
