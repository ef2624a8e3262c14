"""Every page of a site, found by following its links as a robot would."""

import re
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import etree
from tests.support.waiting import PATIENCE

MOST = 1000
"""Pages after which a site is taken to have no end."""

LEAVES = 6
"""Months, weeks, years and sheets of each kind that are looked at: they are alike, and there are very many."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """A page: its path with its query, and its bytes as they were sent."""

    path: str
    body: bytes

    @property
    def kind(self) -> str:
        """The form of its address, alike for all pages of one type: ``/feeds/*/subscribe/``."""
        path = urlsplit(self.path).path
        if path == "/":
            return path
        first, *rest = path.strip("/").split("/")
        words = ["*" if number == 0 else re.sub(r"\d+", "0", part) for number, part in enumerate(rest)]
        return "/".join(("", first, *(["*"] * len(words) if first == "events" else words), ""))


def crawl(address: str, start: str = "/") -> list[Crawled]:
    """Return every page of HTML in the language of ``start`` that can be reached; fail where a link leads nowhere."""
    seen, waiting, pages = {start}, deque([start]), []
    languages: set[str] = set()
    leaves: Counter[str] = Counter()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        while waiting:
            path = waiting.popleft()
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, f"{path} is linked to, and is {answer.status_code}"
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            pages.append(Crawled(path, answer.content))
            assert len(pages) < MOST
            tree = etree.HTML(answer.content)
            if not languages:
                languages = {
                    urlsplit(alternate).path.split("/")[1]
                    for alternate in tree.xpath("//link[@hreflang]/@href")
                } - {""}
            for link in tree.xpath("//a/@href | //link[not(@rel='canonical' or @hreflang)]/@href"):
                target = urlsplit(urljoin(path, str(link)))
                inner = f"{target.path}?{target.query}" if target.query else target.path
                foreign = target.scheme or target.netloc or target.path.split("/")[1] in languages
                if start != "/":
                    foreign = not inner.startswith(start)
                if not foreign and inner not in seen:
                    seen.add(inner)
                    kind = Crawled(inner, b"").kind
                    if re.search(r"/\d{4}", inner) and "/feeds/" in inner:
                        leaves[kind] += 1
                        if leaves[kind] > LEAVES:
                            continue
                    waiting.append(inner)
    return pages
