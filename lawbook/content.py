"""Content packs: data, cited and versioned, read by one parser."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNCONFIRMED = "待确认"


class ContentError(Exception):
    """A content file that does not hold what it must; names the file and the place."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One versioned piece of content; `ref` is what records quote."""

    kind: str
    code: str
    version: str
    status: str
    body: dict[str, Any]

    @property
    def ref(self) -> str:
        """code@version, as a record quotes it."""
        return f"{self.code}@{self.version}"


def load(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary. ContentError when it is absent or not TOML."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise ContentError(f"缺少内容文件 {path.name}") from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise ContentError(f"{path.name}：{error}") from error


def need(table: dict[str, Any], key: str, where: str) -> Any:  # noqa: ANN401 - TOML has many types
    """A member that must be there. ContentError names where it is missing."""
    if key not in table:
        raise ContentError(f"{where} 缺少 {key}")
    return table[key]


def pack(kind: str, body: dict[str, Any]) -> Pack:
    """A pack of a dictionary that has code, version and status at its top."""
    where = f"{kind}/{body.get('code', '?')}"
    return Pack(
        kind,
        str(need(body, "code", where)),
        str(need(body, "version", where)),
        str(body.get("status", UNCONFIRMED)),
        body,
    )
