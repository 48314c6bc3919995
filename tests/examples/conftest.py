from __future__ import annotations

import pytest

from tests.examples.built import Built, build
from travaux.examples import MINISTRIES, UNION_STATE


@pytest.fixture(scope="session")
def union_state(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(UNION_STATE, tmp_path_factory.mktemp("union-state"))


@pytest.fixture(scope="session")
def ministries(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(MINISTRIES, tmp_path_factory.mktemp("ministries"))
