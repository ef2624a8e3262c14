"""Nodes → model, field by field; what is wrong becomes a problem and decoding goes on."""

from coopcal.definitions.catalogue import decode
from coopcal.definitions.links import links

__all__ = ["decode", "links"]
