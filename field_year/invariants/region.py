"""Nothing of another region is ever on a tablet; what has left is gone once the tablet says so.

The truth is the office's tables, past every service: where the one who is signed in belongs, and
where each row does. What the tablet believes of itself is never asked, only who signed in on it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from field_app.refresh import DATASETS
from field_app.withdrawal import erased_here
from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.tablets import Tablet
    from field_year.world import World

LIFE = timedelta(minutes=20)
"""How long a token of before a move may still be used, and a little more."""
OF_ALL = frozenset(("units",))
"""Datasets that everybody may have."""
TABLES = {
    "officers": "ledger_svc.officer", "entities": "ledger_svc.entity",
    "planned-inspections": "case_svc.planned_inspection",
    "inspection-schemes": "case_svc.inspection_scheme", "hazards": "case_svc.hazard",
    "inspections": "case_svc.inspection", "proposals": "ledger_svc.proposal",
    "cases": 'case_svc."case"',
}  # fmt: skip
OPENINGS = "select visit_id::text, min(region) from case_svc.visit_opening group by 1"
OF_THE_DEPARTED = frozenset(("departed",))
"""Where the id of an erased plant stays: that it has left, and since when."""


def refreshed(world: "World", tablet: "Tablet") -> None:
    """Right after a refresh that came whole: every row of every dataset."""
    me = tablet.store.setting("me")
    moved_at = world.moved_at.get(str(me["account"])) if me else None
    if me is None or (moved_at and world.clocks.at < moved_at + LIFE):
        return
    ((mine,),) = world.office.rows(
        "select region from ledger_svc.account where id = %s", me["account"]
    )
    for dataset in DATASETS:
        rows = [] if dataset in OF_ALL else list(tablet.store.mirror.rows(dataset))
        if not rows:
            continue
        query = (
            OPENINGS if dataset == "visits" else f"select id::text, region from {TABLES[dataset]}"
        )
        truth = dict(world.office.rows(query))
        for row in rows:
            region = str(truth.get(str(row["id"]), "没有登记"))
            if not region.startswith(mine) or row.get("region", region) != region:
                raise Broken(
                    "region",
                    f"{tablet.name}（{mine}）上有 {region} 的 {dataset} {row['id']}",
                )


async def check(world: "World") -> None:
    """Of each plant that a tablet says it has erased no text and no file is left on it."""
    for tablet in world.tablets:
        if gone := {one["entity_id"] for one in erased_here(tablet.store)}:
            told = world.office.rows(
                "select id::text, name, credit_code from ledger_svc.entity where id::text = any(%s)",
                sorted(gone),
            )
            _no_text(tablet, {str(one) for row in told for one in row if one})
            _no_file(tablet, gone)


def _no_text(tablet: "Tablet", words: set[str]) -> None:
    conn = tablet.store.db.conn
    tables = {
        str(name)
        for (name,) in conn.execute(
            "select name from sqlite_master where type = 'table'"
        ).fetchall()
    }
    for table in sorted(tables - OF_THE_DEPARTED):
        for row in conn.execute(f'select * from "{table}"').fetchall():
            text = " ".join(one if isinstance(one, str) else repr(one) for one in row)
            if found := [word for word in words if word in text]:
                raise Broken("region", f"{tablet.name} 的 {table} 中还有已清除的 {min(found)}")


def _no_file(tablet: "Tablet", gone: set[str]) -> None:
    visits = {id_: one for id_, one in tablet.seen.erased.items() if one.entity in gone}
    paths = {path for one in visits.values() for path in one.paths}
    papers = tablet.seen.erased_papers.values()
    paths |= {one.path for one in papers if one.path and one.inspection in visits}
    for path in sorted(paths):
        if (tablet.folder / path).exists():
            raise Broken("region", f"{tablet.name} 上还有已清除的文件 {path}")
