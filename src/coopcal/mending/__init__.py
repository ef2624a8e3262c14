"""Mends are tried before they are shown, and before they are made."""

from coopcal.mending.back import OF_RECORDS, read_back
from coopcal.mending.edits import written
from coopcal.mending.trial import Trial

__all__ = ["OF_RECORDS", "Trial", "read_back", "written"]
