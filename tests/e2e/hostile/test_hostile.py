"""Whatever a gallery, an archive, a photo, a sidecar or a setting says, it is data: no command writes,
deletes or reads elsewhere because of it, starts a program, takes all memory, hangs, or ends in a traceback.

`inputs.py` says which inputs there are, and which of them usual runs have. One alone:

    FACE_MATCH_TEST_INPUTS='^erasing-moved-to-nul$' python -m pytest tests/e2e/hostile
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("links, pipes and forks of POSIX", allow_module_level=True)

from tests.e2e.hostile.inputs import INPUTS, wanted
from tests.e2e.hostile.judging import Table
from tests.e2e.hostile.running import Servers


@pytest.fixture(scope="session")
def table(
    request: pytest.FixtureRequest,
    child_env: dict[str, str],
    astronaut_file: Path,
    hopper_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Table]:
    asked = [
        item.callspec.params["name"]  # type: ignore[attr-defined]
        for item in request.session.items
        if _is_of_table(item)
    ]
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "logs").mkdir()
    table = Table(Servers(child_env, folder / "logs"), folder, (astronaut_file, hopper_file))
    try:
        table.start([INPUTS[name] for name in asked])
        yield table
    finally:
        table.close()


def _is_of_table(item: pytest.Item) -> bool:
    return getattr(item, "originalname", "") == test_a_hostile_input_is_data.__name__


@pytest.mark.parametrize("name", wanted())
def test_a_hostile_input_is_data(table: Table, name: str) -> None:
    complaints = table.results[name].result().complaints
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
