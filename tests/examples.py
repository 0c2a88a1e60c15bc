"""One good value of every shape; keyword changes only."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from deploy.county import Plant, plants
from deploy.day import workbook
from lawbook.entity import LedgerDictionary
from services.kit.settings import ROOT
from services.ledger_svc.dictionary_file import dictionary_in


def dictionary() -> LedgerDictionary:
    return dictionary_in(ROOT / "content")


def entity_values(number: int = 1, **changes: str) -> dict[str, str]:
    """A complete plant's values; `number` tells plants apart."""
    *_, plant = plants(number)
    return {**plant.values, **changes}


def officer(certificate: str = "14088200001", **changes: Any) -> dict[str, Any]:
    return {
        "name": "张岳", "unit": "140882", "region": "140882", "office": "工贸股",
        "work_types": ["industry_and_trade"],
        "certificate": {
            "number": certificate, "issuer": "山西省人民政府", "issued_on": "2024-05-10",
            "valid_until": "2029-05-09", "state": "valid",
        },
    } | changes  # fmt: skip


def account(username: str = "zhangyue", **changes: Any) -> dict[str, Any]:
    return {
        "username": username, "password": "Hejin-2026-demo", "name": "张岳", "officer_id": None,
        "roles": ["officer"], "region": "140882", "unit": "140882", "kind": "officer",
    } | changes  # fmt: skip


def training(**changes: Any) -> dict[str, Any]:
    return {
        "region": "140882", "title": "系统操作培训", "kind": "system",
        "held_on": date(2026, 5, 12).isoformat(), "hours": 8, "attended": [],
    } | changes  # fmt: skip


def xlsx(folder: Path, rows: list[Plant]) -> bytes:
    """Plants as a workbook's bytes."""
    return workbook.write(folder / "台账.xlsx", rows, dictionary()).read_bytes()


def jpeg(width: int = 640, height: int = 480, seed: int = 1) -> bytes:
    """A real photo's bytes: noise compresses badly, as photos do."""
    import random

    from PIL import Image

    noise = random.Random(seed).randbytes(width * height * 3)
    out = BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(out, "JPEG", quality=85)
    return out.getvalue()
