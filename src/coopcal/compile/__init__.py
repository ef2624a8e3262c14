"""Definitions → a compiled site: checked, selected, rendered, stamped, compared with the site before, assembled."""
