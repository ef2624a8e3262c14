"""What is wrong with the tokens of private feeds."""

from coopcal.model.problem import Code, Severity

BAD_HASH = Code("bad-hash", "Of a token the SHA-256 is kept: 64 digits and letters from a to f.")
SAME_TOKEN_TWICE = Code("same-token-twice", "A token opens one feed, and stands once.")
PERSONAL_LABEL = Code(
    "personal-label",
    "A label says in a word or two whose token it is; addresses for mail are personal data, and stay in the history of the files.",
    Severity.WARNING,
    switchable=True,
)
