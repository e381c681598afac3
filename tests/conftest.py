"""What all tests share: the hypothesis profile, the model, loaded once for each process, and a user who may not read all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from legation.errors import ModelError
from legation.read.reader import TextReader

# A CI machine may be slow, and what fails there must fail again here.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def reader() -> TextReader:
    """The read stage with the shipped model."""
    try:
        return TextReader.load(threads=1)
    except ModelError as error:
        pytest.fail(f"{error} To make it anew from a training run: python -m training.export --run FOLDER")


@pytest.fixture
def bound_by_permissions() -> Iterator[None]:
    """Root may read everything, so that for a moment it is nobody."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    yield
    os.seteuid(own)
