"""``coopcal publish``: from sources to files in a folder."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.trees import lay

from coopcal.cli import main

NOW = "2026-06-01T12:10:00Z"


def publish(root: Path, *arguments: str, now: str = NOW) -> Result:
    return CliRunner().invoke(
        main, ["--root", str(root), "--language", "en", "publish", *arguments, "--now", now]
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "sources")


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_it_says_what_it_wrote_and_what_is_not_there_without_a_server(root: Path, tmp_path: Path) -> None:
    told = publish(root, str(tmp_path / "public"))

    files = len(times(tmp_path / "public")) - 1
    assert told.exit_code == 0
    assert told.stdout.startswith(f"Published {files} files (")
    assert f"to {tmp_path / 'public'}: {files} written, 0 removed.\n" in told.stdout
    assert "Left out, as it takes a server: private feeds, " in told.stdout
    assert (tmp_path / "public" / "feeds" / "all.ics").is_file()
    assert (tmp_path / "public" / "404.html").is_file()


def test_what_is_not_there_without_a_server_is_said_once_it_is_asked_for(root: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["--root", str(root), "--quiet", "publish", str(tmp_path / "public")])

    assert (told.exit_code, told.output) == (0, "")


def test_an_unchanged_site_is_not_written_again(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "public"))
    before = times(tmp_path / "public")

    told = publish(root, str(tmp_path / "public"), now="2026-06-01T12:20:00Z")

    assert told.stdout == f"{tmp_path / 'public'} is as it is to be: nothing was written.\n"
    assert times(tmp_path / "public") == before


def test_time_alone_moves_what_is_over(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "public"))
    told = publish(root, str(tmp_path / "public"), now="2026-09-13T12:00:00Z")

    assert "nothing was written" not in told.stdout
    assert "Past events" in (tmp_path / "public/feeds/all/index.html").read_text(encoding="utf-8")


def test_an_edit_writes_what_holds_that_event(root: Path, tmp_path: Path) -> None:
    lay(
        root,
        {"calendars/mill.yaml": "name: The Mill\nevents:\n  - {id: fair, title: Fair, when: 2026-08-01}\n"},
    )
    publish(root, str(tmp_path / "public"))
    before = times(tmp_path / "public")
    file = root / "calendars/mill.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Fair", "Great fair"), encoding="utf-8")

    publish(root, str(tmp_path / "public"))

    after = times(tmp_path / "public")
    changed = {
        path.removeprefix(f"{tmp_path / 'public'}/") for path in after if after[path] != before.get(path)
    }
    assert {"feeds/mill.ics", "feeds/all.ics", "events/mill/fair/index.html", "site.json"} <= changed
    assert "feeds/bakery.ics" not in changed
    assert "events/bakery/open-day/index.html" not in changed


def test_errors_publish_nothing(root: Path, tmp_path: Path) -> None:
    lay(
        root,
        {"calendars/mill.yaml": "name: The Mill\nevents:\n  - {id: fair, title: Fair, wehn: 2026-08-01}\n"},
    )

    told = publish(root, str(tmp_path / "public"))

    assert told.exit_code == 1
    assert "did you mean “when”?" in told.stderr
    assert not (tmp_path / "public").exists()


def test_a_folder_with_files_of_others_is_refused(root: Path) -> None:
    told = publish(root, str(root))

    assert told.exit_code == 2
    assert (
        "holds files that coopcal did not put there (.coopcal, _site, calendars, coopcal.yaml)" in told.stderr
    )
    assert "nothing was published" in told.stderr


def test_stamps_that_subscribers_have_seen_are_not_taken_back(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "public"), now="2026-06-02T12:00:00Z")
    before = times(tmp_path / "public")
    other = str(tmp_path / "other")
    CliRunner().invoke(main, ["--root", str(root), "compile", "--first", "--out", other, "--now", NOW])

    told = publish(root, str(tmp_path / "public"), "--out", other)

    assert told.exit_code == 2
    assert "older stamps than what is published there" in told.stderr
    assert times(tmp_path / "public") == before


def test_compressed_files_stand_beside_others_where_they_are_asked_for(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "plain"))
    publish(root, str(tmp_path / "public"), "--precompressed")

    plain = {path.relative_to(tmp_path / "plain") for path in (tmp_path / "plain").rglob("*.br")}
    assert plain == set()
    assert (tmp_path / "public/feeds/all.ics.br").is_file()
    assert (tmp_path / "public/feeds/all.ics.gz").is_file()


def test_what_a_host_reads_is_published_with_the_files_and_goes_with_it(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "public"), "--host", "netlify")
    assert (tmp_path / "public/_headers").is_file()
    assert not (tmp_path / "public/.nojekyll").exists()

    publish(root, str(tmp_path / "public"), "--host", "github-pages")

    assert (tmp_path / "public/.nojekyll").is_file()
    assert (tmp_path / "public/CNAME").read_text(encoding="utf-8") == "calendars.example.coop"
    assert not (tmp_path / "public/_headers").exists()


def test_rules_are_printed_and_nothing_is_published(root: Path, tmp_path: Path) -> None:
    told = publish(root, str(tmp_path / "public"), "--rules", "nginx")

    assert told.exit_code == 0
    assert f"root {tmp_path / 'public'};" in told.stdout
    assert "server_name calendars.example.coop;" in told.stdout
    assert not (tmp_path / "public").exists()


def test_a_site_that_does_not_say_where_it_is_seen_is_warned_of(root: Path, tmp_path: Path) -> None:
    lay(root, {"coopcal.yaml": "title: Example\nuid_domain: example.coop\n"})

    for _ in range(2):
        told = publish(root, str(tmp_path / "public"))

        assert told.exit_code == 0
        assert "begin with http://127.0.0.1:8000" in told.stderr
        assert "base_url: https://calendars.example.coop" in told.stderr


@pytest.mark.parametrize("inside", ["calendars", "calendars/public", "feeds/public", "_site/public"])
def test_files_are_not_published_among_what_coopcal_reads(root: Path, inside: str) -> None:
    told = publish(root, str(root / inside))

    assert told.exit_code == 2
    assert "publish into a folder of its own" in told.stderr
    assert not (root / inside / "index.html").exists()


def test_pages_of_a_later_instant_do_not_stand_when_the_clock_goes_back(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "public"), now="2030-06-01T12:00:00Z")
    page = tmp_path / "public/feeds/all/index.html"
    assert "Open day" not in page.read_text(encoding="utf-8").partition("Past events")[0]

    told = publish(root, str(tmp_path / "public"))

    assert told.exit_code == 0
    assert "Open day" in page.read_text(encoding="utf-8").partition("Past events")[0]


def test_names_that_some_disks_do_not_tell_apart_are_warned_of(root: Path, tmp_path: Path) -> None:
    documents = "[{label: A, file: files/Plan.txt}, {label: B, file: files/plan.txt}]"
    lay(
        root,
        {
            "calendars/mill.yaml": "name: The Mill\nevents:\n"
            f"  - {{id: fair, title: Fair, when: 2026-08-01, documents: {documents}}}\n",
            "calendars/files/Plan.txt": "A",
            "calendars/files/plan.txt": "B",
        },
    )

    told = publish(root, str(tmp_path / "public"))

    assert told.exit_code == 0
    assert "events/mill/fair/Plan.txt, events/mill/fair/plan.txt" in told.stderr


def test_without_a_compiled_site_what_was_published_there_is_the_site_before(
    root: Path, tmp_path: Path
) -> None:
    """As from a fresh clone: no stamp moves, and nothing is written but what tells when it was compiled."""
    publish(root, str(tmp_path / "public"), now="2026-06-01T12:10:00Z")
    before = (tmp_path / "public/feeds/all.ics").read_bytes()

    told = publish(
        root, str(tmp_path / "public"), "--out", str(tmp_path / "other"), now="2026-06-02T12:10:00Z"
    )

    assert told.exit_code == 0
    assert (tmp_path / "public/feeds/all.ics").read_bytes() == before


def test_a_folder_of_a_former_address_leads_on_from_its_pages(root: Path, tmp_path: Path) -> None:
    """In place of the site that was published there; its feeds go on, and a second time nothing is written."""
    public, site = tmp_path / "public", root / "coopcal.yaml"
    assert publish(root, str(public)).exit_code == 0
    old, new = "https://calendars.example.coop", "https://events.valley.example"
    site.write_text(
        f"{site.read_text(encoding='utf-8')}also_at: [{old}]\n".replace(
            f"base_url: {old}", f"base_url: {new}"
        )
    )

    told = publish(root, str(public), "--forward", now="2026-06-02T12:00:00Z")
    again = publish(root, str(public), "--forward", now="2026-06-02T12:00:00Z")
    other = publish(root, str(tmp_path / "new"), now="2026-06-02T12:00:00Z")

    assert (told.exit_code, again.exit_code, other.exit_code) == (0, 0, 0)
    assert "nothing was written" in again.stdout
    assert f"{new}/feeds/all/" in (public / "feeds/all/index.html").read_text(encoding="utf-8")
    feeds = [path.relative_to(public) for path in public.rglob("*.ics")]
    assert len(feeds) > 5
    assert [
        path for path in feeds if (public / path).read_bytes() != (tmp_path / "new" / path).read_bytes()
    ] == []


def test_without_a_former_address_nothing_leads_on(root: Path, tmp_path: Path) -> None:
    """It is said which line says where."""
    told = publish(root, str(tmp_path / "public"), "--forward")

    assert told.exit_code == 2
    assert "also_at: [https://old.example.coop]" in told.stderr
    assert not (tmp_path / "public").exists()
