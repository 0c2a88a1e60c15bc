"""BagIt packages (RFC 8493): written once, checked whole. Payload in `data/`, manifests by SHA-256.

Nothing of ours is needed to check one: `sha256sum -c manifest-sha256.txt` does, as does any
validator of the RFC.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
INFO, DECLARED = "bag-info.txt", "bagit.txt"
SEAL = "seal.json"
"""The one file that no manifest lists: it is the seal over the tag manifest."""
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed (不符): which file, and what is wrong with it."""

    path: str
    what: str

    @property
    def told(self) -> str:
        """In one line."""
        return f"{self.path}：{self.what}"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


Sum = Callable[[Path], str]


def once() -> Sum:
    """`sha256_of` that reads each file once: for one look at a folder in which nothing is written."""
    return cache(sha256_of)


def write(
    folder: Path, payload: Iterable[tuple[str, bytes | Path]], info: Mapping[str, str], on: date
) -> str:
    """Write a bag into a folder that does not exist yet; its seal: the SHA-256 of the tag manifest.

    `payload`: paths below `data/` with what lies there, bytes or a file to copy. `info`: what
    `bag-info.txt` says beside size and day, such as External-Identifier. FileExistsError when the
    folder is there; ValueError for a path that leaves `data/` or comes twice.
    """
    folder.mkdir(parents=True)
    lines, octets, seen = [], 0, set[str]()
    for name, content in payload:
        path = _within(name)
        if path in seen:
            raise ValueError(f"{name} twice")
        seen.add(path)
        octets += _put(folder / path, content)
        lines.append((sha256_of(folder / path), path))
    told = {
        **info, "Bagging-Date": on.isoformat(), "Payload-Oxum": f"{octets}.{len(lines)}",
    }  # fmt: skip
    tags = {
        DECLARED: DECLARATION,
        INFO: "".join(f"{name}: {_folded(value)}\n" for name, value in told.items()),
        MANIFEST: _manifest(lines),
    }
    for name, text in tags.items():
        _put(folder / name, text.encode())
    listed = [(sha256_of(folder / name), name) for name in sorted(tags)]
    _put(folder / TAG_MANIFEST, _manifest(listed).encode())
    return sha256_of(folder / TAG_MANIFEST)


def _within(name: str) -> str:
    path = PurePosixPath("data") / name
    if path.is_absolute() or ".." in path.parts or len(path.parts) < 2 or "\0" in name:
        raise ValueError(f"{name} is no place in a bag")
    return str(path)


def _put(path: Path, content: bytes | Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("xb") as file:
        for chunk in _chunks(content):
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _manifest(lines: Iterable[tuple[str, str]]) -> str:
    # Two blanks, as sha256sum writes it; only what would break the line is encoded (RFC 8493 §2.1.3).
    return "".join(f"{digest}  {_encoded(path)}\n" for digest, path in lines)


def _encoded(path: str) -> str:
    return "".join(quote(char) if char in "%\r\n" else char for char in path)


def _folded(value: str) -> str:
    return " ".join(value.split())


def listed(folder: Path, manifest: str) -> dict[str, str]:
    """Path → SHA-256 as a manifest lists them. ValueError for a line that is none, or a path twice."""
    found: dict[str, str] = {}
    for line in (folder / manifest).read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        name = unquote(path.lstrip("*"))
        if len(digest) != 64 or not name or name in found:
            raise ValueError(line)
        found[name] = digest.lower()
    return found


def info_of(folder: Path) -> dict[str, str]:
    """What `bag-info.txt` says."""
    told: dict[str, str] = {}
    for line in (folder / INFO).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(": ")
        told[name] = value
    return told


def faults(folder: Path, sum_of: Sum = sha256_of) -> list[Fault]:
    """What is not complete or not valid (RFC 8493 §3): empty when the bag is as it was written."""
    missing = [
        Fault(name, "缺少")
        for name in (DECLARED, INFO, MANIFEST, TAG_MANIFEST)
        if not (folder / name).is_file()
    ]
    if missing:
        return missing
    try:
        payload, tags = listed(folder, MANIFEST), listed(folder, TAG_MANIFEST)
    except ValueError as error:  # also bytes that are no UTF-8
        return [Fault(MANIFEST, f"清单不可读：{error}")]
    found = [
        Fault(name, "不在标签清单中") for name in (DECLARED, INFO, MANIFEST) if name not in tags
    ]
    found += _compared(folder, tags, sum_of) + _compared(folder, payload, sum_of)
    here = {path for path in _files(folder) if path.startswith("data/")}
    known = {TAG_MANIFEST, SEAL, *tags}
    found += [Fault(path, "清单之外的文件") for path in sorted(here - set(payload))]
    found += [
        Fault(path, "清单之外的文件")
        for path in sorted(_files(folder))
        if path not in known and not path.startswith("data/")
    ]
    if (folder / DECLARED).read_text(encoding="utf-8", errors="replace") != DECLARATION:
        found.append(Fault(DECLARED, "不是 BagIt 1.0 的声明"))
    octets = sum((folder / path).stat().st_size for path in here)
    if info_of(folder).get("Payload-Oxum") != f"{octets}.{len(here)}":
        found.append(Fault(INFO, "件数或者字节数不符"))
    return found


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            yield path.relative_to(folder).as_posix()


def _compared(folder: Path, wanted: Mapping[str, str], sum_of: Sum) -> list[Fault]:
    found = []
    for name, digest in wanted.items():
        path = folder / name
        if ".." in PurePosixPath(name).parts or path.is_symlink():
            found.append(Fault(name, "指向案卷之外"))
        elif not path.is_file():
            found.append(Fault(name, "缺少"))
        elif sum_of(path) != digest:
            found.append(Fault(name, "内容已改变"))
    return found
