"""Read the YAML as libyaml's events, and keep none: the floor of whoever reads these files.

Usage: events_alone.py ROOT
"""

import sys
from collections import deque
from pathlib import Path

import yaml

if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1], "calendars").iterdir()):
        deque(yaml.parse(path.read_bytes(), Loader=yaml.CLoader), maxlen=0)
