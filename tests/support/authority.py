"""A certificate authority of one's own, and certificates of it, made with OpenSSL."""

import shutil
import ssl
import subprocess
from pathlib import Path

from tests.support.programs import skip_or_fail


def certified(folder: Path, *names: str) -> tuple[Path, ssl.SSLContext]:
    """Return the file of an authority, and what serves TLS with its certificate for names such as ``DNS:calendar.test``."""
    skip_or_fail(None if shutil.which("openssl") else "OpenSSL is not installed here")
    folder.mkdir(parents=True, exist_ok=True)

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes", "-days", "2")
    openssl(
        "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=An authority",
        "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    openssl(
        "req", "-x509", *new, "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=A server",
        "-CA", "ca.pem", "-CAkey", "ca.key", "-addext", f"subjectAltName={','.join(names)}",
        "-addext", "basicConstraints=critical,CA:FALSE",
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return folder / "ca.pem", context
