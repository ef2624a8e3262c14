"""What is looked at: a module a subject, each with the kinds of faults that it tells, and its check."""

from collections.abc import Callable

from coopcal.doctor.checks import (
    address,
    body,
    certificate,
    challenge,
    compression,
    headers,
    plain_http,
    reach,
    redirects,
    repeated,
    robots,
    size,
    status,
    validators,
)
from coopcal.doctor.fault import Faults, Kind
from coopcal.doctor.visit import Visit

_SUBJECTS = (
    address,
    reach,
    certificate,
    redirects,
    plain_http,
    robots,
    challenge,
    status,
    headers,
    validators,
    compression,
    size,
    repeated,
)

CHECKS: tuple[Callable[[Visit, Faults], None], ...] = tuple(subject.check for subject in _SUBJECTS)
"""Each looks at a visit, and tells what is wrong."""

LOOKS = (size.look, body.look)
"""Each looks at a body, whoever sends it, and tells what is wrong."""

KINDS: tuple[Kind, ...] = tuple(kind for subject in (*_SUBJECTS, body) for kind in subject.KINDS)
"""All kinds of faults, by subject."""
