"""Slips of people who write."""


def one_slip(written: str, word: str) -> bool:
    """Return whether a letter is wrong, missing, one too many, or changed with its neighbour."""
    if written == word:
        return True
    longer, shorter = sorted((written, word), key=len, reverse=True)
    if len(longer) == len(shorter):
        wrong = [at for at, letter in enumerate(longer) if letter != shorter[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1  # noqa: PLR2004 - two neighbours
        return len(wrong) == 1 or (
            swapped and longer[wrong[0]] + longer[wrong[1]] == shorter[wrong[1]] + shorter[wrong[0]]
        )
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
