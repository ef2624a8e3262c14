"""A real git server on loopback (git http-backend), and repositories with whatever a test wants in them."""

import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.coop",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.coop",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """Run git in a folder; return what it prints."""
    command = ["git", "-C", str(folder), "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(
        command, input=given, capture_output=True, env={**os.environ, **IDENTITY}, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def committed(work: Path) -> str:
    """Commit all that stands in a folder, which becomes a repository; return the commit."""
    if not (work / ".git").exists():
        git(work, "init", "--quiet", "--initial-branch", "main")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--allow-empty", "--message", "Change")
    return git(work, "rev-parse", "HEAD")


def commit_of_tree(work: Path, entries: list[tuple[str, str, str, str]]) -> str:
    """Make main a commit whose tree has these entries (mode, type, object, name), whatever git thinks of the names."""
    raw = b"".join(
        f"{mode.lstrip('0')} {name}".encode() + b"\0" + bytes.fromhex(thing)
        for mode, _, thing, name in entries
    )
    tree = git(work, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)
    commit = git(work, "commit-tree", tree, "-m", "Hostile")
    git(work, "update-ref", "refs/heads/main", commit)
    return commit


def blob(work: Path, content: bytes) -> str:
    """Write an object; return its name."""
    return git(work, "hash-object", "-w", "--stdin", given=content)


@contextmanager
def git_server(root: Path, tls: tuple[Path, Path] | None = None) -> Iterator[str]:
    """Serve the repositories below a folder by HTTP until the block ends, in ``tls`` with a certificate and a key; return the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _answer(self, body: bytes) -> None:
            path, _, query = self.path.partition("?")
            environment = {
                **os.environ,
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "REMOTE_ADDR": "127.0.0.1",
            }
            done = subprocess.run(
                ["git", "http-backend"], input=body, capture_output=True, env=environment, check=False
            )
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            headers = [line.split(": ", 1) for line in head.decode().split("\r\n") if line]
            status = next((value for name, value in headers if name == "Status"), "200")
            self.send_response(int(status[:3]))
            for name, value in headers:
                if name != "Status":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
