"""What lies in a store's folder, opened with its key: pages that were given up too."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from field_app.crypt.chunks import MAGIC, Reader
from field_app.crypt.keys import derived
from field_app.crypt.sealed import _Log
from field_app.store import Store

PAGE, RESERVED, SALT, FRAME, WAL = 4096, 80, 16, 24, 32


def unsealed(store: Store) -> Iterator[tuple[Path, bytes]]:
    """(file, its plain bytes) of all below the folder."""
    for path in sorted(one for one in store.folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        if path.name == "store.db":
            yield path, b"".join(_page(store.key, one, at == 0) for at, one in _split(data, 0))
        elif path.name == "store.db-wal":
            yield path, b"".join(_page(store.key, one, False) for _, one in _split(data, FRAME))
        elif path.name.startswith("log-"):
            log = _Log(store.folder, store.key, int(path.name[4:]))
            yield path, str(list(log.records())).encode()
            log.close()
        elif data.startswith(MAGIC):
            yield path, _file(store, path)
        else:
            yield path, data


def _split(data: bytes, head: int) -> Iterator[tuple[int, bytes]]:
    """Pages one after the other; in a write-ahead log each behind its head."""
    step, start = PAGE + head, WAL if head else 0
    for at in range(start, len(data) - step + 1, step):
        yield at, data[at + head : at + step]


def _page(key: bytes, page: bytes, first: bool) -> bytes:
    """SQLCipher 4: AES-256-CBC, the vector behind the text; the first page begins with the salt."""
    text, vector = page[SALT if first else 0 : -RESERVED], page[-RESERVED : -RESERVED + 16]
    opener = Cipher(algorithms.AES(derived(key, "database")), modes.CBC(vector)).decryptor()
    return opener.update(text) + opener.finalize()


def _file(store: Store, path: Path) -> bytes:
    purpose = "image" if path.name.startswith("image-") else "files"
    with Reader(path, derived(store.key, purpose)) as source:
        return b"".join(source.chunks())
