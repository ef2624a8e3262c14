"""What is printed for servers names the folder that the root of the host is."""

from pathlib import Path

from tests.publish.conftest import Publication

from coopcal.publish.hosts.rules import USUAL_ROOT, rules_for
from coopcal.web.links import path_of


def test_the_root_of_the_host_is_above_the_folder_by_its_path(publication: Publication) -> None:
    base = path_of(publication.address)

    assert "root /srv/www;" in rules_for("nginx", publication.out, Path(f"/srv/www{base}"))
    assert f"root {USUAL_ROOT if base else '/srv/files'};" in rules_for(
        "nginx", publication.out, Path("/srv/files")
    )
