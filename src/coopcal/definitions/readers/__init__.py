"""Readers of single values, one kind a module: each reads a node, and says what it is as JSON Schema."""
