"""`make succession`: which unit carries on for which, from which day, by which order (职责承接).

Row policies of all three services read what is declared here, so it is the owner's to say and no
service's: one transaction writes it into each of their schemas. Harmless to repeat. What has begun
stands; one that is still to come can be withdrawn.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

import psycopg
from psycopg import sql

from deploy.place import prepared
from lawbook.succession import Succession, Successions
from services.kit.names import SERVICES
from services.kit.successions import today

SUCCESSIONS = UUID("6f1f6f58-2d0b-4c0c-9f4a-0c3a0c5f7b11")
COLUMNS = (
    "id", "from_unit", "from_region", "to_unit", "to_region", "since", "order_number", "counted",
)  # fmt: skip


class Unsound(Exception):
    """A succession that cannot be, in words for who runs the house."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is to be written: units by code; of a split, all but one are not counted."""

    from_unit: str
    to_unit: str
    since: date
    order_number: str
    counted: bool = True

    @property
    def id(self) -> UUID:
        """The same for the same two units."""
        return uuid5(SUCCESSIONS, f"{self.from_unit}/{self.to_unit}")


def declare(owner_url: str, told: Declared) -> UUID:
    """Write a succession into every schema, or nowhere. Refuses what is Unsound."""
    if not told.order_number.strip():
        raise Unsound("须写明批准文件及文号")
    with psycopg.connect(owner_url) as connection, connection.transaction():
        known = Successions(_known(connection))
        regions: dict[str, str] = dict(
            connection.execute("select code, region from ledger_svc.unit").fetchall()
        )
        for unit in (told.from_unit, told.to_unit):
            if unit not in regions:
                raise Unsound(f"没有单位 {unit}；承接单位为新设的，请先登记该单位")
        row = (
            told.id, told.from_unit, regions[told.from_unit], told.to_unit, regions[told.to_unit],
            told.since, told.order_number.strip(), told.counted,
        )  # fmt: skip
        _require_sound(known, told, Succession(str(row[0]), *row[1:]))
        for schema in SERVICES:
            connection.execute(
                sql.SQL("insert into {}.succession ({}) values ({}) on conflict (id) do nothing").format(
                    sql.Identifier(schema), sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
                    sql.SQL(", ").join([sql.Placeholder()] * len(COLUMNS)),
                ),
                row,
            )  # fmt: skip
    return told.id


def withdraw(owner_url: str, id_: UUID) -> None:
    """Take back one whose day has not come. Unsound: it has begun, or is not known."""
    with psycopg.connect(owner_url) as connection, connection.transaction():
        for schema in SERVICES:
            gone = connection.execute(
                sql.SQL("delete from {}.succession where id = %s and since > %s").format(
                    sql.Identifier(schema)
                ),
                (id_, today()),
            )
            if not gone.rowcount:
                raise Unsound("没有这项职责承接，或者已经生效；已生效的不能撤回")


def every(owner_url: str) -> list[Succession]:
    """All that are declared, the earliest first."""
    with psycopg.connect(owner_url) as connection:
        return list(Successions(_known(connection)).known)


def _known(connection: psycopg.Connection) -> list[Succession]:
    found = connection.execute(
        sql.SQL("select {} from ledger_svc.succession").format(
            sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
        )
    )
    return [Succession(str(row[0]), *row[1:]) for row in found]


def _require_sound(known: Successions, told: Declared, wanted: Succession) -> None:
    same = next((one for one in known.known if one.id == wanted.id), None)
    if same is not None:
        if same != wanted:
            raise Unsound("该两个单位的职责承接已登记，内容不同；尚未生效的可先撤回再登记")
        return
    if told.from_unit == told.to_unit or told.from_unit in known.units(told.to_unit, date.max):
        raise Unsound(f"{told.to_unit} 与 {told.from_unit} 不能承接")
    if told.to_unit in known.units(told.from_unit, date.max):
        raise Unsound(f"{told.to_unit} 的职责已由 {told.from_unit} 承接，不能反向承接")
    if len(wanted.from_region) < len("140800"):
        raise Unsound("只有县级单位可以被承接")
    if told.counted and any(one.counted and one.from_unit == told.from_unit for one in known.known):
        raise Unsound(f"{told.from_unit} 已有承担考核的承接单位；一分为多的，其余各加 --beside")


def main(arguments: Sequence[str] | None = None) -> int:
    """List, declare or withdraw."""
    parser = argparse.ArgumentParser(prog="make succession", description="登记单位职责承接")
    parser.add_argument("--from", dest="from_unit", metavar="代码", help="被承接的单位")
    parser.add_argument("--to", dest="to_unit", metavar="代码", help="承接单位")
    parser.add_argument("--since", type=date.fromisoformat, metavar="年-月-日", help="承接之日")
    parser.add_argument("--order", dest="order_number", metavar="文号", help="批准文件及文号")
    parser.add_argument("--beside", action="store_true", help="一分为多时，不承担考核的承接单位")
    parser.add_argument("--withdraw", type=UUID, metavar="编号", help="撤回尚未生效的一项")
    given = parser.parse_args(arguments)
    with prepared() as place:
        try:
            if given.withdraw:
                withdraw(place.owner_url, given.withdraw)
            elif given.from_unit or given.to_unit:
                if not (given.from_unit and given.to_unit and given.since and given.order_number):
                    raise Unsound("须写明 --from、--to、--since 和 --order")
                declare(
                    place.owner_url,
                    Declared(
                        given.from_unit, given.to_unit, given.since, given.order_number,
                        not given.beside,
                    ),
                )  # fmt: skip
        except Unsound as why:
            sys.stderr.write(f"未登记：{why}\n")
            return 1
        for one in every(place.owner_url):
            mark = "" if one.counted else "，不承担考核"
            sys.stdout.write(f"{one.id}  {one.to_unit} {one.notice} {one.from_unit}{mark}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
