"""Compiles a tree and publishes it with many pages to a bucket; run by test_swift.py.

Usage: publisher.py ADDRESS ROOT PAGES INSTANT. Prints the number of the generation, how many files were sent, and whether
another publisher goes on.
"""

import sys
from datetime import datetime
from pathlib import Path

from tests.support.published import publication
from tests.support.trees import compiled

from coopcal.publish.store.anew import publish_anew
from coopcal.publish.store.bucket import open_bucket
from coopcal.publish.store.publication import Publication
from coopcal.site.reader import open_site


def made(root: Path, pages: int, instant: datetime) -> Publication:
    """Return a site with pages that each carry the title of the site."""
    compiled(root, instant)
    site = open_site(root / "_site")
    title = site.manifest.title["en"]
    files = {f"pages/{number}/index.html": f"<p>{title} {number}" for number in range(pages)}
    feeds = {
        f"feeds/{name}.ics": feed.bodies["identity"].content.decode() for name, feed in site.feeds.items()
    }
    return publication(root, {**files, **feeds, "site.json": site.site_json.decode()}, instant)


def main(address: str, root: Path, pages: int, instant: datetime) -> None:
    """Publish."""
    done = publish_anew(open_bucket(address), root / "_site", lambda _: made(root, pages, instant))
    sys.stdout.write(f"{done.number} {done.sent} {done.newer}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))
