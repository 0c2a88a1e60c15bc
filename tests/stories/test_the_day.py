"""The bureau's day from a workbook to a figure, over real HTTP, and then the next day."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from deploy.all_in_one import Parts, all_in_one
from deploy.county import PASSWORD
from deploy.day.bureau import OFFICER, Bureau
from deploy.day.play import play
from deploy.day.progress import Silent
from deploy.secrets import make
from deploy.web import free_port, serving
from field_app.vault import Vault
from lawbook.proof import read_proof
from tests.paper.text import text_of


@pytest.fixture
async def house(new_database, tmp_path):
    secrets = make()
    database = new_database("ledger_svc", "case_svc", "kpi_svc")
    parts = Parts(database_url=database.url, data=tmp_path / "data", secrets=secrets)
    async with all_in_one(parts) as running, serving(running.gateway, free_port(0)) as url:
        yield running, url, secrets


def _bureau(house, tmp_path, run: int) -> Bureau:
    running, url, secrets = house
    folder = tmp_path / f"day-{run}"
    folder.mkdir(exist_ok=True)
    return Bureau(
        new_client=lambda: httpx.AsyncClient(base_url=url, timeout=120),
        settle=running.catch_up, folder=folder, tell=Silent(),
        administrator_password=secrets.administrator_password,
        province_secret=secrets.province_secret, run=run,
        began=datetime.now(UTC) + timedelta(days=run - 1), gateway=url,
        tablet=tmp_path / "tablet",
    )  # fmt: skip


async def test_a_day_of_the_bureau_and_the_next(house, tmp_path):
    for run in (1, 2):
        bureau = _bureau(house, tmp_path, run)
        try:
            await play(bureau)
        finally:
            await bureau.close()

    store = Vault(tmp_path / "tablet").open(OFFICER, PASSWORD)
    letters = store.outbox.letters()
    assert {letter.state for letter in letters} == {"sent"}
    assert all(letter.receipt and letter.receipt["sha256"] == letter.sha256 for letter in letters)
    numbers = [
        kept.number for i in store.inspections.all() for kept in store.documents.of_inspection(i.id)
    ]
    assert len(numbers) == len(set(numbers)) == 6
    async with httpx.AsyncClient(base_url=house[1]) as anybody:
        page = (await anybody.get("/verify")).text
    proofs = [
        read_proof(kept.proof or "")
        for i in store.inspections.all()
        for kept in store.documents.of_inspection(i.id)
    ]
    assert all(proof.attestation.key in page for proof in proofs)
    printed = sorted((tmp_path / "day-1").glob("*.pdf"))
    (filing,) = [path for path in printed if path.name.startswith("立案审批表")]
    assert "同意立案。" in text_of(filing.read_bytes())
    printed.remove(filing)
    assert len(printed) == 3
    order = next(path for path in printed if "责令限期整改" in path.name)
    text = text_of(order.read_bytes())
    assert "责令限期整改指令书" in text
    assert "《安全生产法》第四十一条第二款" in text
    assert all("扫码验真" in text_of(path.read_bytes()) for path in printed)
    store.close()


async def test_a_day_taken_up_again_changes_nothing(house, tmp_path):
    for _ in range(2):
        bureau = _bureau(house, tmp_path, 1)
        try:
            await play(bureau)
        finally:
            await bureau.close()
    store = Vault(tmp_path / "tablet").open(OFFICER, PASSWORD)
    assert len(store.inspections.all()) == 1
    assert len(store.outbox.letters()) == len({letter.id for letter in store.outbox.letters()}) == 6
    store.close()
