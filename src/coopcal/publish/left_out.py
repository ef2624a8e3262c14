"""What of a site takes a server, and is not there where it is published as files."""

from coopcal.model.message import listed, msg


def left_out() -> str:
    """Return, in words, what is left out."""
    return listed(
        [
            msg("private feeds"),
            msg("calendars narrowed by their address (a file in feeds/ makes one)"),
            msg("the check of pasted files"),
            msg("oEmbed for the address of any page (each calendar has an oembed.json of its own)"),
            msg("months far away"),
        ]
    )
