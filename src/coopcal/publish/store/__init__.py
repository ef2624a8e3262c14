"""Object storage: the published site in a bucket, each state of it a generation."""
