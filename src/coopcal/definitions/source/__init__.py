"""Files → trees of text, every piece with its place."""
