"""What sources are, and what is said of those that are something else."""

import gzip
import io
import zipfile

import pytest

from coopcal.authoring.importing.detection import MOST_EVENTS, MOST_LINES, Form, form_of


def spreadsheet() -> bytes:
    """Return the beginning of what Excel writes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "path", "form"),
    [
        (b"BEGIN:VCALENDAR\r\n", "-", Form.CALENDAR),
        (b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n", "x.txt", Form.CALENDAR),
        ("BEGIN:VCALENDAR\r\n".encode("utf-16"), "x", Form.CALENDAR),
        (b"X-WR-CALNAME:x", "x.ICS", Form.CALENDAR),
        (b"title,start\n", "x.csv", Form.TABLE),
        ("title\tstart\n".encode("utf-16"), "x.csv", Form.TABLE),
        (b"<b>x</b>"[3:] + b",start\n", "x", Form.TABLE),
        (b' {"version": 1}', "x", Form.JSON),
        (b'{"error": {"code": 404}}', "x.ics", Form.JSON),
        (b"\nbegin:vevent\r\n", "x.ics", Form.CALENDAR),
        (b'["vcalendar", [], []]', "x", Form.JSON),
    ],
)
def test_forms(data: bytes, path: str, form: Form) -> None:
    """By what they say more than by their names."""
    assert form_of(data, path) is form


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        (b"<!doctype html><html><head><title>Log in</title>", "x.ics", "web page"),
        (b"\n\n<html lang=en>", "x.ics", "web page"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="y">', "x", "web page"),
        (b"<!-- saved -->\n<HTML>", "x", "web page"),
        ("<!doctype html>".encode("utf-16"), "x", "web page"),
        (b'<?xml version="1.0"?><rss version="2.0">', "x", "news feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "x", "news feed"),
        (b'<?xml version="1.0"?><icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">', "x", "XML"),
        (b"%PDF-1.7\n", "x.ics", "PDF"),
        (spreadsheet(), "x.xlsx", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "save it as CSV"),
        (b"BEGIN:VCARD\r\nVERSION:4.0\r\n", "x.vcf", "vCard"),
        (gzip.compress(bytes(range(256)) * 9, mtime=0)[:80], "x", "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "x", "no text"),
        (b" \r\n", "x.ics", "it is empty"),
        (b"Calendar not found", "x.ics", "neither a calendar"),
        (b"You do not have access.\nAsk: the owner\n", "x.ical", "neither a calendar"),
        (gzip.compress(bytes(range(256)) * 9, mtime=0), "x.ics", "no text"),
        (b"BEGIN:VCALENDAR\n" + b"\n" * MOST_LINES, "x", "lines"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * (MOST_EVENTS + 1), "x", "events"),
        (b"a,b\n" * (MOST_LINES + 1), "x", "lines"),
    ],
)  # fmt: skip
def test_what_is_something_else_is_told_as_what_it_is(data: bytes, path: str, said: str) -> None:
    """In a sentence, before anything of it is read."""
    form = form_of(data, path)

    assert isinstance(form, str)
    assert said in form
