"""Files that a new site gets for where it is served; each stands here under the path that it has there, or by its language."""

from importlib.resources import files
from typing import Literal

PagesHost = Literal["github-pages", "gitlab-pages"]

README = "README.md"

_SERVER = (README, "server/coopcal.service", "server/nginx.conf")
_NAME = "calendars.example.coop"


def server_files(host: str) -> dict[str, str]:
    """Return the files by path; ``host`` is the name at which the site is reached."""
    folder = files(__name__) / "server"
    texts = {path: (folder / path.rsplit("/", 1)[-1]).read_text("utf-8") for path in _SERVER}
    return {path: text.replace(_NAME, host) for path, text in texts.items()}


def pages_readme(host: PagesHost, address: str, language: str) -> str:
    """Return what a site on pages of a forge says of itself, in a language; ``address`` is where members see it."""
    text = (files(__name__) / "pages" / f"{host}.{language}.md").read_text("utf-8")
    return text.replace(f"https://{_NAME}", address)
