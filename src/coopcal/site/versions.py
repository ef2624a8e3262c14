"""Which version of a site is served: the pointer to it."""

from pathlib import Path

from coopcal.model.message import msg
from coopcal.site.layout import CURRENT, VERSIONS, NoSite, SiteError


def current_version(out: Path) -> Path:
    """Return the folder of the version that is served; raise NoSite when there is none."""
    try:
        name = (out / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise NoSite(
            msg("{path} is missing, though versions of the site are there", path=out / CURRENT)
            if has_versions(out)
            else msg("no site has been compiled in {out}", out=out)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(msg("{path} cannot be read ({reason})", path=out / CURRENT, reason=error)) from error
    if not name.isalnum():
        raise SiteError(msg("{path} is damaged", path=out / CURRENT))
    return out / VERSIONS / name


def has_versions(out: Path) -> bool:
    """Return whether versions of a site are there that were once served."""
    return any(version.name.isalnum() for version in (out / VERSIONS).glob("*"))
