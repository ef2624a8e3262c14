"""Why the system refused something, in sentences that are translated: it says so in English, or in a language of its own."""

import errno

from coopcal.model.message import msg

_REFUSALS = {
    errno.EACCES: msg("permission denied"),
    errno.EPERM: msg("permission denied"),
    errno.ENOENT: msg("there is no such file or folder"),
    errno.EEXIST: msg("it is there already"),
    errno.ENOTDIR: msg("it is no folder"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOTEMPTY: msg("the folder is not empty"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EDQUOT: msg("the disk is full"),
    errno.EROFS: msg("nothing can be written there"),
    errno.EIO: msg("the disk does not answer as it should"),
    errno.ENAMETOOLONG: msg("the name is too long"),
    errno.EMFILE: msg("too many files are open"),
    errno.ENFILE: msg("too many files are open"),
    errno.EADDRINUSE: msg("another program uses it already"),
    errno.EADDRNOTAVAIL: msg("this machine has no such address"),
    errno.ECONNREFUSED: msg("nothing answers there"),
    errno.ECONNRESET: msg("the connection was broken off"),
    errno.EPIPE: msg("the connection was broken off"),
    errno.ETIMEDOUT: msg("no answer came in time"),
    errno.EHOSTUNREACH: msg("there is no way to it through the network"),
    errno.ENETUNREACH: msg("there is no way to it through the network"),
}
"""What is said of the refusals that people meet; of others, the words of the system."""


def refusal(error: OSError) -> str:
    """Return why the system refused something."""
    return _REFUSALS.get(error.errno or 0) or error.strerror or str(error)
