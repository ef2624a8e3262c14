"""Real Apache and Caddy on loopback, told what is printed for them; each skips where it is not installed, and fails in CI."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port
from tests.support.programs import skip_or_fail
from tests.support.running import running

_MODULES = ("mpm_event", "authz_core", "dir", "mime", "headers", "setenvif", "rewrite", "deflate", "filter")
_WHERE_MODULES_ARE = Path("/usr/lib/apache2/modules")


@contextmanager
def apache(told: str, root: Path, folder: Path, work: Path) -> Iterator[str]:
    """Run Apache with ``told`` as the ``.htaccess`` of a folder below its root, until this block ends; return its address.

    ``work`` is a folder for its own files, and like ``root`` one that everybody may read: Apache does not answer as root.
    """
    program = shutil.which("apache2")
    skip_or_fail(None if program else "Apache is not installed here (Debian: apt install apache2-bin)")
    port, configuration = free_port(), work / "apache.conf"
    (folder / ".htaccess").write_text(told, encoding="utf-8")
    (work / "types").write_text("", encoding="utf-8")
    loaded = "\n".join(f"LoadModule {name}_module {_WHERE_MODULES_ARE}/mod_{name}.so" for name in _MODULES)
    user = "User nobody\nGroup nogroup\n" if os.geteuid() == 0 else ""
    configuration.write_text(
        f"{loaded}\n{user}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {work}/pid\nErrorLog {work}/error.log\n"
        f"TypesConfig {work}/types\nDocumentRoot {root}\nMutex file:{work} default\n"
        f"<Directory {root}>\nAllowOverride All\nOptions All\nRequire all granted\n</Directory>\n",
        encoding="utf-8",
    )
    command = [program or "", "-f", str(configuration), "-D", "FOREGROUND"]
    with running(command, port, work / "error.log") as address:
        yield address


@contextmanager
def caddy(told: str, work: Path) -> Iterator[str]:
    """Run Caddy with a site of a Caddyfile, without TLS, until this block ends; return its address."""
    program = shutil.which("caddy")
    skip_or_fail(None if program else "Caddy is not installed here (Debian: apt install caddy)")
    port, configuration = free_port(), work / "Caddyfile"
    here = re.sub(r"^\S+ \{$", f"http://127.0.0.1:{port} {{", told, count=1, flags=re.MULTILINE)
    configuration.write_text(f"{{\n\tadmin off\n}}\n{here}", encoding="utf-8")
    command = [program or "", "run", "--config", str(configuration), "--adapter", "caddyfile"]
    own = {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with running(command, port, environment={**os.environ, **own}) as address:
        yield address
