"""What holds for all tests: the command line speaks English, whatever the language of the machine."""

import os

os.environ["LANGUAGE"] = "en"
