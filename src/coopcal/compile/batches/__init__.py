"""A large tree, compiled in batches of organisations by several processes at once."""
