"""Whatever is changed behind the service's back, row or file, is found."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.case_svc.closed_cases import TAMPERING, archived, verification
from tests.lawbook.penalty.stories import ZHANG


@pytest.mark.parametrize("what", TAMPERING)
async def test_a_row_changed_behind_the_services_back_is_found(office, county, owner, what):
    case = await archived(office, county)
    assert (await verification(office, case))["intact"]
    done = await owner.execute(TAMPERING[what], UUID(case.id))
    assert not done.endswith(" 0")
    told = await verification(office, case)
    assert not told["intact"]
    assert told["faults"]


def kept(settings, sha256: str) -> Path:
    return Path(settings.files) / sha256[:2] / sha256[2:4] / sha256


@pytest.mark.parametrize("change", ["flip", "remove"])
@pytest.mark.parametrize("which", ["package", "document", "evidence"])
async def test_a_kept_file_changed_or_taken_away_is_found(office, county, settings, which, change):
    case = await archived(office, county)
    told = (await office.clients[ZHANG.number].get(f"/v1/cases/{case.id}/archive")).json()
    by_sort = {one["sort"]: one["sha256"] for one in told["catalogue"]}
    path = kept(settings, told["package_sha256"] if which == "package" else by_sort[which])
    raw = path.read_bytes()
    path.unlink()
    if change == "flip":
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    found = await verification(office, case)
    assert not found["intact"]
    assert found["faults"]
