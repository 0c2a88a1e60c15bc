"""Whatever is changed behind the service's back, row or file, is found."""

from pathlib import Path
from uuid import UUID

from tests.case_svc.closed_cases import TAMPERING, archived, verification
from tests.lawbook.penalty.stories import ZHANG

TOUCHED = ("case", "case_act", "case_archive", "document", "evidence")
"""The tables that TAMPERING changes."""


async def test_a_row_changed_behind_the_services_back_is_found(office, county, owner):
    case = await archived(office, county)
    for table in TOUCHED:
        await owner.execute(f"create table public.{table} as table case_svc.{table}")
    for what, statement in TAMPERING.items():
        assert (await verification(office, case))["intact"], what
        done = await owner.execute(statement, UUID(case.id))
        assert not done.endswith(" 0"), what
        told = await verification(office, case)
        assert not told["intact"], what
        assert told["faults"], what
        await _put_back(owner)
    assert (await verification(office, case))["intact"]


async def _put_back(owner) -> None:
    """Every row as it was, past the triggers that let nothing be taken away."""
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        for table in TOUCHED:
            await owner.execute(f"delete from case_svc.{table}")
            await owner.execute(f"insert into case_svc.{table} table public.{table}")


def kept(settings, sha256: str) -> Path:
    return Path(settings.files) / sha256[:2] / sha256[2:4] / sha256


async def test_a_kept_file_changed_or_taken_away_is_found(office, county, settings):
    case = await archived(office, county)
    told = (await office.clients[ZHANG.number].get(f"/v1/cases/{case.id}/archive")).json()
    by_sort = {one["sort"]: one["sha256"] for one in told["catalogue"]}
    for which in (told["package_sha256"], by_sort["document"], by_sort["evidence"]):
        path = kept(settings, which)
        raw = path.read_bytes()
        for changed in (raw[:-1] + bytes([raw[-1] ^ 1]), None):
            path.unlink()
            if changed is not None:
                path.write_bytes(changed)
            found = await verification(office, case)
            assert not found["intact"]
            assert found["faults"]
            path.unlink(missing_ok=True)
            path.write_bytes(raw)
        assert (await verification(office, case))["intact"]
