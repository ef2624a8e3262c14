"""Looks at a published feed as calendar programs would, and says for each whether it works there."""
