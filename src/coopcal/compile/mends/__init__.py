"""Mends are tried before they are shown, and before they are made."""

from coopcal.compile.mends.edits import written
from coopcal.compile.mends.read_back import OF_RECORDS, read_back
from coopcal.compile.mends.trial import Trial

__all__ = ["OF_RECORDS", "Trial", "read_back", "written"]
