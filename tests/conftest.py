"""What holds for all tests: the command line speaks English, and what is started ends by the signals that end it.

A run in the background may have been told to ignore some signals, which all that it starts inherits.
Modules are kept compiled, even where the surroundings say not to: dozens of processes import the whole package.
"""

import os
import signal
import sys

os.environ["LANGUAGE"] = "en"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)
