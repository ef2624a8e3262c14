"""What importing the house does to the process: nothing."""

import subprocess
import sys

IMPORT = """
import gc, locale, logging, os, pkgutil, signal, socket, sys, threading, zoneinfo
from importlib import import_module

def state():
    root = logging.getLogger()
    return {
        "zone path": zoneinfo.TZPATH,
        "locale": locale.setlocale(locale.LC_ALL),
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "logging": (root.level, root.handlers[:], root.filters[:], root.manager.disable, logging.getLogRecordFactory()),
        "garbage": (gc.isenabled(), gc.get_threshold(), gc.callbacks[:], gc.get_debug(), gc.get_freeze_count()),
        "hooks": (sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook, sys.gettrace()),
        "environment": dict(os.environ),
        "folder": (os.getcwd(), sys.path[:]),
        "limits": (sys.getrecursionlimit(), sys.getswitchinterval(), socket.getdefaulttimeout()),
        "threads": threading.active_count(),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
    }

import coopcal

before = state()
names = [found.name for found in pkgutil.walk_packages(coopcal.__path__, "coopcal.")]
for name in names:
    if not name.endswith(".__main__"):
        import_module(name)
after = state()
print(len(names), *(key for key in before if before[key] != after[key]), sep="\\n")
"""


def test_importing_any_module_changes_nothing_of_the_process() -> None:
    """Neither where zones are looked for, nor the locale, signals, logging, the garbage collector, hooks, environment …"""
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    count, *changed = done.stdout.split("\n")

    assert int(count) > 300
    assert [name for name in changed if name] == []
