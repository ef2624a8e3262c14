"""The YAML language server that editors run (npm, tests/node), spoken to by the Language Server Protocol over stdio."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.support.node import READERS, require

PACKAGE = "yaml-language-server"
_PATIENCE = 60.0  # seconds
_SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
_ABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    }
}


class LanguageServer:
    """One server process; files are opened in it, and marks, completions and hovers asked for.

    Lines and columns are counted from 0, as the protocol does.
    """

    def __init__(self) -> None:
        require(package=PACKAGE)
        self._process = subprocess.Popen(
            ["node", str(READERS / "node_modules" / PACKAGE / "bin" / PACKAGE), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": _ABILITIES})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def close(self) -> None:
        """End the process."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(_PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            stream.close()

    def marks(self, files: Mapping[Path, str]) -> dict[Path, list[tuple[int, int, str]]]:
        """Open files that need not be there, and return the line, the column and the message of each mark in them."""
        waiting = {path.absolute().as_uri(): path for path in files}
        marks = {}
        for address, path in waiting.items():
            document = {"uri": address, "languageId": "yaml", "version": 1, "text": files[path]}
            self._tell("textDocument/didOpen", {"textDocument": document})
        while waiting:
            parameters = self._wait(
                lambda message: message.get("method") == "textDocument/publishDiagnostics"
            )["params"]
            if path_told := waiting.pop(parameters["uri"], None):
                marks[path_told] = [
                    (mark["range"]["start"]["line"], mark["range"]["start"]["character"], mark["message"])
                    for mark in parameters["diagnostics"]
                ]
        return marks

    def completions(self, path: Path, line: int, column: int) -> dict[str, dict[str, Any]]:
        """Return what is offered at a place of a file that is open, by its label."""
        offered = self._ask("textDocument/completion", _at(path, line, column))
        return {offer["label"]: offer for offer in offered["items"]}

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is told of a place of a file that is open; "" for nothing."""
        shown = self._ask("textDocument/hover", _at(path, line, column))
        return str(shown["contents"]["value"]) if shown else ""

    def _ask(self, method: str, parameters: object) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._wait(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first message that fits; what the server asks meanwhile is answered."""
        end = time.monotonic() + _PATIENCE
        while True:
            message = self._said.get(timeout=max(end - time.monotonic(), 0))
            if "method" in message and "id" in message:
                asked = message["params"]["items"] if message["method"] == "workspace/configuration" else None
                self._send(
                    {
                        "id": message["id"],
                        "result": [_SETTINGS.get(item.get("section")) for item in asked] if asked else None,
                    }
                )
            if fits(message):
                return message

    def _listen(self) -> None:
        out = self._process.stdout
        while True:
            length = 0
            while header := out.readline().strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self._said.put(json.loads(out.read(length)))


def _at(path: Path, line: int, column: int) -> dict[str, object]:
    return {
        "textDocument": {"uri": path.absolute().as_uri()},
        "position": {"line": line, "character": column},
    }
