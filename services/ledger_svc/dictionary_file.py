"""The ledger's dictionary (数据项字典) from a content folder."""

import csv
from functools import lru_cache
from pathlib import Path

from lawbook.content import load
from lawbook.entity import LedgerDictionary
from lawbook.regions import Divisions


@lru_cache(maxsize=4)
def dictionary_in(content: Path) -> LedgerDictionary:
    """The dictionary in a content folder, with the divisions it is checked against."""
    names: list[dict[str, str]] = []
    for path in sorted((content / "regions").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            names.extend(csv.DictReader(file))
    return LedgerDictionary.from_content(
        load(content / "ledger" / "dictionary.toml"), Divisions.from_rows(names)
    )
