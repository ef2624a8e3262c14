"""Certificates of an authority of one's own, made by the real openssl; skips where it is not installed, and fails in CI."""

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.programs import skip_or_fail

_SETTINGS = """\
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
"""
SUBJECT = "/CN=An authority of the tests"


@dataclass(frozen=True)
class Authority:
    """An authority, whose certificate and key lie in a folder."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Authority":
        """Make one."""
        skip_or_fail(None if shutil.which("openssl") else "openssl is not installed here")
        folder.mkdir(parents=True, exist_ok=True)
        made = cls(folder)
        constraints = [
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-addext",
            "keyUsage=critical,keyCertSign",
        ]
        _openssl(
            "req",
            "-x509",
            *_key(folder / "ca.key"),
            "-out",
            made.file,
            "-days",
            "30",
            "-subj",
            SUBJECT,
            *constraints,
        )
        return made

    @property
    def file(self) -> Path:
        """The certificate of the authority itself."""
        return self.folder / "ca.pem"

    def certify(self, name: str, days: int = 90, also: tuple[str, ...] = ()) -> tuple[Path, Path]:
        """Make a certificate for names of a machine that lasts so many days from now, and its key."""
        stem = self.folder / f"{name}.{days}"
        key, asked, certificate, said = (
            stem.with_suffix(f"{stem.suffix}.{end}") for end in ("key", "csr", "pem", "ext")
        )
        names = (f"{'IP' if one[0].isdigit() else 'DNS'}:{one}" for one in (name, *also))
        said.write_text(f"subjectAltName={','.join(names)}\n", encoding="utf-8")
        _openssl("req", "-new", *_key(key), "-out", asked, "-subj", f"/CN={name}")
        settings = self.folder / f"{stem.name}.cnf"
        settings.write_text(_SETTINGS.format(folder=self.folder), encoding="utf-8")
        (self.folder / "index.txt").touch()
        ends = datetime.now(UTC) + timedelta(days=days)
        lasting = ["-startdate", _written(ends - timedelta(days=100)), "-enddate", _written(ends)]
        by = ["-keyfile", self.folder / "ca.key", "-cert", self.file, "-extfile", said]
        _openssl(
            "ca", "-batch", "-notext", "-config", settings, "-in", asked, "-out", certificate, *lasting, *by
        )
        return certificate, key

    def context(self, name: str, days: int = 90, also: tuple[str, ...] = ()) -> ssl.SSLContext:
        """Return what a server of these names speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certify(name, days, also))
        return context


def _key(file: Path) -> list[str | Path]:
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file]


def _written(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%SZ}"


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
