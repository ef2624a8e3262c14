"""The codes of what is wrong with what is written, each declared once."""

from coopcal.definitions.codes import dates, events, files, series, site, syntax, tokens, values
from coopcal.model.problem import Code

CODES = tuple(
    code
    for module in (dates, events, files, series, site, syntax, tokens, values)
    for code in vars(module).values()
    if isinstance(code, Code)
)
"""All of them."""
