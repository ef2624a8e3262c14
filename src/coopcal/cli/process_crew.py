"""Processes of this machine that work at once: imported where there are some."""

from coopcal.compile.batches.processes import processes

__all__ = ["processes"]
