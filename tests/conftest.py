"""What holds for all tests: the command line speaks English, and what is started ends by the signals that end it.

A run in the background may have been told to ignore some signals, which all that it starts inherits.
"""

import os
import signal

os.environ["LANGUAGE"] = "en"

for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)
