"""What all tests of the doctor need: an authority, a server's certificate, and what trusts the authority."""

import ssl

import pytest
from tests.doctor.servers import HOST
from tests.support.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.made(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def tls(authority: Authority) -> ssl.SSLContext:
    return authority.context(HOST)


@pytest.fixture(scope="session")
def trusted(authority: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority.file)
