"""Words in languages: what coopcal says to those who write definitions."""
