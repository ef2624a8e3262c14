"""Files that a new site gets for the machine that serves it; each stands here under the path that it has there."""

from importlib.resources import files

_SERVER = ("README.md", "server/coopcal.service", "server/nginx.conf")


def server_files(host: str) -> dict[str, str]:
    """Return the files by path; ``host`` is the name at which the site is reached."""
    folder = files(__name__) / "server"
    texts = {path: (folder / path.rsplit("/", 1)[-1]).read_text("utf-8") for path in _SERVER}
    return {path: text.replace("calendars.example.coop", host) for path, text in texts.items()}
