"""Pictures of organisations, of the site and of events: what is read of them, and what is refused."""

from pathlib import Path

import pytest
from tests.support import checking, pictures
from tests.support.checking import places
from tests.support.trees import NOW, compiled, lay

from coopcal.compile.pipeline import check, compile_site
from coopcal.model.problem import Problem
from coopcal.site.details import ImageRecord
from coopcal.site.reader import open_site

OF_OWN = "name: A\ncountry: BE\n{key}: {{file: {file}, alt: Bread}}\n"
OF_EVENT = (
    "name: A\ncountry: BE\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12\n"
    "    {key}: {{file: {file}, alt: Bread}}\n"
)
OF_SITE = "title: T\nuid_domain: example.coop\n{key}: {{file: {file}, alt: Bread}}\n"
WHERE = {
    "logo of an organisation": ("calendars/a.yaml", OF_OWN, "logo", 3),
    "image of an organisation": ("calendars/a.yaml", OF_OWN, "image", 3),
    "image of an event": ("calendars/a.yaml", OF_EVENT, "image", 7),
    "logo of the site": ("coopcal.yaml", OF_SITE, "logo", 3),
    "image of the site": ("coopcal.yaml", OF_SITE, "image", 3),
}
"""The file, its text, the key, and the line that it stands in."""

NO_PICTURES = {
    "empty.png": b"",
    "text.png": b"A picture",
    "half.png": pictures.png()[:18],
    "really-a.png": pictures.gif(),
    "really-a.gif": pictures.png(),
    "text.jpg": b"A picture",
    "half.webp": pictures.webp()[:14],
    "text.avif": b"A picture of more than some bytes",
    "page.svg": b"<!doctype html><html><body>svg</body></html>",
    "html.svg": b'<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>',
    "broken.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>',
    "empty.svg": b"",
    "script.svg": pictures.svg(inside="<script>alert(1)</script>"),
    "prefixed.svg": pictures.svg(inside='<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
    "handler.svg": pictures.svg(attributes=' onload="alert(1)"'),
    "upper.svg": pictures.svg(inside='<g OnClick="alert(1)"/>'),
    "page-inside.svg": pictures.svg(inside="<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
    "link.svg": pictures.svg(inside='<a href="java&#x09;script:alert(1)"><rect/></a>'),
    "set.svg": pictures.svg(inside='<set attributeName="href" to="javascript:alert(1)"/>'),
    "fetched.svg": pictures.svg(inside='<image href="https://elsewhere.example/a.png"/>'),
    "data.svg": pictures.svg(inside='<use href="data:text/html,x"/>'),
    "entity.svg": b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "styled.svg": b'<?xml-stylesheet href="x.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>',
}  # fmt: skip
"""Names and contents of files that are none, or could run something."""


def beside(root: Path, yaml: str, file: str, content: bytes) -> Path:
    """Put a file beside a file of YAML."""
    path = root / Path(yaml).parent / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return root


def told(root: Path, files: dict[str, str]) -> tuple[Problem, ...]:
    """Return all that is told of a small tree with these files."""
    return check(checking.lay(root, files), NOW).problems


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(("file", "content"), NO_PICTURES.items(), ids=list(NO_PICTURES))
def test_what_is_no_picture_is_told_where_it_stands(
    tmp_path: Path, file: str, content: bytes, where: str
) -> None:
    yaml, text, key, line = WHERE[where]
    beside(tmp_path, yaml, file, content)

    found = told(tmp_path, {yaml: text.format(key=key, file=file)})

    ((code, place, mend),) = [(one.code, one.position, one.mend) for one in found if one.severity == "error"]
    assert (code, place.path, place.line) == ("bad-picture", yaml, line)
    assert mend


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("gone.png", "no-such-file"),
        ("plan.pdf", "file-kind"),
        ("../up.png", "file-outside"),
        (".hidden.png", "file-kind"),
    ],
)
def test_what_is_not_there_or_elsewhere_or_of_another_kind_is_told(
    tmp_path: Path, file: str, code: str, where: str
) -> None:
    yaml, text, key, line = WHERE[where]
    for name in ("plan.pdf", ".hidden.png", "../up.png"):
        beside(tmp_path / "in", yaml, name, pictures.png())

    found = told(tmp_path / "in", {yaml: text.format(key=key, file=file)})

    assert places(found, code) == [(yaml, line, *places(found, code)[0][2:])]
    assert [one.code for one in found if one.severity == "error"] == [code]


@pytest.mark.parametrize("where", [name for name in WHERE if name.startswith("logo")])
def test_a_logo_that_is_large_is_told_and_an_image_is_not(tmp_path: Path, where: str) -> None:
    yaml, text, key, _ = WHERE[where]
    beside(tmp_path, yaml, "large.png", pictures.png() + bytes(500_001))

    logo = told(tmp_path, {yaml: text.format(key=key, file="large.png")})
    image = told(tmp_path, {yaml: text.format(key="image", file="large.png")})

    assert [one.code for one in logo if one.severity == "error"] == ["file-too-large"]
    assert [one.code for one in image if one.severity == "error"] == []


@pytest.mark.parametrize("folder", ["private", "_site", "imports", ".git"])
def test_beside_the_settings_nothing_lies_in_other_folders(tmp_path: Path, folder: str) -> None:
    """Much lies beside them that is nobody's business."""
    beside(tmp_path, "coopcal.yaml", f"{folder}/logo.png", pictures.png())

    found = told(tmp_path, {"coopcal.yaml": OF_SITE.format(key="logo", file=f"{folder}/logo.png")})

    assert [one.code for one in found if one.severity == "error"] == ["file-outside"]


@pytest.mark.parametrize("where", WHERE)
def test_an_image_without_words_is_told(tmp_path: Path, where: str) -> None:
    yaml, text, key, line = WHERE[where]
    beside(tmp_path, yaml, "a.png", pictures.png())

    found = told(tmp_path, {yaml: text.format(key=key, file="a.png").replace(", alt: Bread", "")})

    assert [place[:2] for place in places(found, "image-without-alt")] == [(yaml, line)]


SIZES = {
    **{f"a.{kind}": (make(640, 480), (640, 480)) for kind, make in pictures.KINDS.items()},
    "upright.jpg": (pictures.jpeg(640, 480, orientation=6), (480, 640)),
    "said.svg": (pictures.svg(attributes=' width="30" height="20px"'), (30, 20)),
    "relative.svg": (pictures.svg(60, 40, attributes=' width="100%" height="100%"'), (60, 40)),
    "parted.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0,12.4,8"/>', (12, 8)),
    "unsaid.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', (None, None)),
    "nothing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', (1, 1)),
    "old.svg": (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + pictures.svg(3, 4, '<use href="#a"/>').partition(b"\n")[2],
        (3, 4),
    ),
}
"""Pictures and how wide and high they are."""


@pytest.mark.parametrize("file", SIZES)
def test_how_wide_and_high_a_picture_is_is_known(tmp_path: Path, file: str) -> None:
    """So that nothing on a page moves when it comes; of an organisation, an event and the site."""
    content, (width, height) = SIZES[file]
    files = {"coopcal.yaml": OF_SITE, "calendars/a.yaml": OF_OWN, "calendars/b.yaml": OF_EVENT}
    lay(tmp_path, {yaml: text.format(key="image", file=file) for yaml, text in files.items()})
    beside(tmp_path, "coopcal.yaml", file, content)
    beside(tmp_path, "calendars/a.yaml", file, content)
    compiled(tmp_path)
    site = open_site(tmp_path / "_site")
    ending, words = file.rpartition(".")[2], {"en": "Bread"}

    (own,) = [one.image for one in site.organisations if one.id == "a"]
    (event,) = [one.details.image for one in site.events if one.address == "/events/b/fair/"]
    assert own == ImageRecord(f"/organisations/a/image.{ending}", words, width, height)
    assert event == ImageRecord(f"/events/b/fair/{file}", words, width, height)
    assert site.manifest.face.image == ImageRecord(f"/site/image.{ending}", words, width, height)
    assert {path.read_bytes() for path in site.documents.values()} == {content}


def test_a_picture_that_is_drawn_anew_is_published_anew(tmp_path: Path) -> None:
    """Of the same name, size and kind, with nothing else changed."""
    lay(tmp_path, {"coopcal.yaml": OF_SITE.format(key="logo", file="files/a.svg")})
    published = []
    for colour in ("red", "tan"):
        beside(tmp_path, "coopcal.yaml", "files/a.svg", pictures.svg(attributes=f' fill="{colour}"'))
        compiled(tmp_path)
        published += [path.read_bytes() for path in open_site(tmp_path / "_site").documents.values()]

    assert [content.count(colour) for content, colour in zip(published, (b"red", b"tan"), strict=True)] == [
        1,
        1,
    ]


def test_pictures_of_what_is_held_are_those_that_were_last_good(tmp_path: Path) -> None:
    """Its image as its logo."""
    lay(tmp_path, {"coopcal.yaml": "title: T\nuid_domain: example.coop\non_error: hold\n"})
    good = OF_OWN.format(key="image", file="a.svg") + "logo: {file: b.svg, alt: B}\n"
    for name in ("a.svg", "b.svg"):
        beside(tmp_path, "calendars/a.yaml", name, pictures.svg(7, 7))
    lay(
        tmp_path,
        {"coopcal.yaml": "title: T\nuid_domain: example.coop\non_error: hold\n", "calendars/a.yaml": good},
    )
    compiled(tmp_path)
    lay(
        tmp_path,
        {"coopcal.yaml": "title: T\nuid_domain: example.coop\non_error: hold\n", "calendars/a.yaml": good},
    )
    beside(tmp_path, "calendars/a.yaml", "b.svg", b"no drawing any more")
    beside(tmp_path, "calendars/a.yaml", "a.svg", b"no drawing either")

    outcome = compile_site(tmp_path, tmp_path / "_site", NOW)
    site = open_site(tmp_path / "_site")

    assert [held.organisation for held in outcome.held] == ["a"]
    assert {path.read_bytes() for path in site.documents.values()} == {pictures.svg(7, 7)}
    assert check(tmp_path, NOW).problems
