"""The smaller records of an event, one a module: each declares its keys and reads itself."""
