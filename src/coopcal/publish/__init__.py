"""The public site as static files: what they are, and the places that they are put in."""
