"""What is wrong with YAML that cannot be read, in words for people."""
