"""Nodes → model, field by field; what is wrong becomes a problem and decoding goes on."""
