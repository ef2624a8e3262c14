"""Buckets that are named on the command line; their credentials are those of the environment."""

from datetime import timedelta

from coopcal.model.message import msg
from coopcal.publish.store.address import is_bucket
from coopcal.publish.store.bucket import ANSWERED, RETRIES, Bucket, is_installed, open_bucket
from coopcal.site.layout import SiteError

FEW = 2
"""How often a request is tried again that is made again in a while anyhow."""

SOON = timedelta(minutes=1)
"""Within what such a request is answered."""


def followed(address: str) -> Bucket:
    """Return a bucket that is asked again and again; raise SiteError as ``opened`` does."""
    return opened(address, FEW, SOON)


def opened(address: str, retries: int = RETRIES, answered: timedelta = ANSWERED) -> Bucket:
    """Return a bucket; raise SiteError where the address is of none, or what speaks with object storage is not installed."""
    if not is_bucket(address):
        raise SiteError(msg("{address} names no bucket: write s3://…, gs://… or az://…", address=address))
    if not is_installed():
        raise SiteError(msg("object storage needs obstore; install it with: pip install 'coopcal[publish]'"))
    return open_bucket(address, retries, answered)
