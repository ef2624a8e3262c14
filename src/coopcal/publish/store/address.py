"""Addresses of buckets."""

SCHEMES = ("s3", "s3a", "gs", "az", "azure", "abfs", "abfss")
"""How addresses of buckets begin."""


def is_bucket(target: str) -> bool:
    """Return whether an address is one of object storage (``s3://bucket/folder``)."""
    scheme, there, _ = target.partition("://")
    return bool(there) and scheme in SCHEMES
