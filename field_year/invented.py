"""Two invented counties: officers, the office's people, plants. They exist nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from deploy.county import plants

SPACE = UUID("3f0f6a5e-2b60-4f0e-9d0c-5a1a6f7c9e21")
PASSWORD = "Waiqin-2026-year"
REGIONS = ("140882", "140881")
TOWNS = {"140882": ("140882001", "140882100"), "140881": ("140881001", "140881100")}
CITIES = {"140882": "河津市", "140881": "永济市"}
PLANTS = 5
CHECKLISTS = {"危化": "chemicals", "矿": "mines"}
PRESENT: Any = {"name": "贺平川", "duty": "安全科长", "phone": "19920000001"}
STROKES = [[[0, 0], [30, 8], [12, 40]], [[40, 5], [42, 44]]]
_GIVEN = "岳秋舟衡远安宁川松泉溪岚石野"


@dataclass(frozen=True)
class Officer:
    """Somebody with a certificate and an account. `region` is where they began."""

    key: str
    region: str
    certificate: str
    name: str
    roles: tuple[str, ...] = ("officer",)

    @property
    def username(self) -> str:
        return f"u{self.key}"

    @property
    def id(self) -> str:
        return str(uuid5(SPACE, f"officer {self.key}"))

    @property
    def account_id(self) -> str:
        return str(uuid5(SPACE, f"account {self.key}"))

    def entry(self, region: str, state: str = "valid") -> dict[str, Any]:
        """What the ledger is told of the officer."""
        return {
            "name": self.name, "unit": region, "region": region, "office": "工贸股",
            "work_types": ["industry_and_trade"],
            "certificate": {
                "number": self.certificate, "issuer": "山西省人民政府", "issued_on": "2024-05-10",
                "valid_until": "2039-05-09", "state": state,
            },
        }  # fmt: skip

    def account(self, region: str, *, active: bool = True) -> dict[str, Any]:
        """The officer's account."""
        return {
            "username": self.username, "password": PASSWORD, "name": self.name,
            "officer_id": self.id, "roles": list(self.roles), "region": region, "unit": region,
            "kind": "officer", "active": active,
        }  # fmt: skip


def officers(region: str, count: int) -> list[Officer]:
    """The officers of a region; then its chief and its head, who approve."""
    made = [
        Officer(f"{region}{n}", region, f"{region}{n:05d}", "李" + _GIVEN[n % len(_GIVEN)] * 2)
        for n in range(1, count + 1)
    ]
    chief = Officer(f"{region}c", region, f"{region}00091", "王衡", ("section_chief",))
    head = Officer(f"{region}h", region, f"{region}00092", "赵明", ("bureau_head",))
    return [*made, chief, head]


def clerk(region: str) -> dict[str, Any]:
    """Who keeps the ledger of a region: an account without a certificate."""
    return {
        "username": f"clerk{region}", "password": PASSWORD, "name": "何静", "officer_id": None,
        "roles": ["ledger_clerk"], "region": region, "unit": region, "kind": "officer",
    }  # fmt: skip


def plant_id(serial: int) -> str:
    """The id of the n-th plant."""
    return str(uuid5(SPACE, f"plant {serial}"))


def entries(count: int) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(serial, region, values) of plants, the regions in turn."""
    for plant in plants(count):
        region = REGIONS[plant.number % len(REGIONS)]
        values = dict(plant.values)
        name = f"{values['ent_name'].removesuffix('有限公司')}{plant.number}号"
        values |= {
            "ent_name": name.replace("河津市", CITIES[region]),
            "division_code": TOWNS[region][plant.number // 2 % 2],
            "op_status": "在营",
        }
        yield plant.number, region, values
