"""Nodes → model, field by field; what is wrong becomes a problem and decoding goes on."""

from coopcal.decode.catalogue import decode

__all__ = ["decode"]
