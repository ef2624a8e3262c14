"""``_redirects``: where former pages are now, for hosts that read it (Netlify, Cloudflare Pages, GitLab Pages)."""

from collections.abc import Mapping

PATH = "_redirects"

MOST = 1_000
"""Rules that GitLab reads; Cloudflare reads 2,000."""

LARGEST = 64_000
"""Bytes that GitLab reads."""

STATUS = 301
"""All three know it, and not all know 308."""


def redirects_file(moved: Mapping[str, str], base: str) -> str:
    """Return the file of what moved: paths below the root of the site, and the paths on its host that they lead to.

    What there is no room for leads on by itself, as pages do that stand there.
    """
    lines, room = [], LARGEST
    for former, now in sorted(moved.items(), key=lambda item: (item[0].count("/"), item))[:MOST]:
        line = f"{base}{former} {now} {STATUS}\n"
        room -= len(line.encode())
        if room < 0:
            break
        lines.append(line)
    return "".join(lines)
