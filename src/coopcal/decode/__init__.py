"""Nodes → model, field by field; what is wrong becomes a problem and decoding goes on."""

from coopcal.decode.catalogue import decode
from coopcal.decode.links import links

__all__ = ["decode", "links"]
