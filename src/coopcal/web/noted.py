"""An application (WSGI) whose answers are noted, for servers that note none by themselves."""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from coopcal.web.delivery import Application, Environ, StartResponse

Note = Callable[[Environ, int, int, float], None]
"""Notes an answer to a request: its status, how many bytes it has, and when it was begun."""


class Noted:
    """An application whose answers are noted as they are handed over."""

    def __init__(self, app: Application, note: Note) -> None:
        self._app = app
        self._note = note

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        begun = perf_counter()
        asked = {name: environ[name] for name in _ASKED if name in environ}
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said[:] = [(status, headers)]
            return start_response(status, headers, *more)

        chunks = self._app(environ, start)
        status, headers = said[0]
        is_bodiless = environ["REQUEST_METHOD"] == "HEAD" or status.startswith(("304", "204"))
        length = 0 if is_bodiless else next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
        self._note(asked, int(status[:3]), length, begun)
        return chunks


_ASKED = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "HTTP_USER_AGENT",
    "REMOTE_ADDR",
    "HTTP_CDN_LOOP",
    "HTTP_COOPCAL_DOCTOR",
)
"""What is noted of a request, as it came in: applications take off what they are mounted at."""
