"""`python -m field_app.verify_receipts 目录或导出文件 [--account 帐号] [--keys …] [--export …]`.

Proves a tablet's journal without a network: the chain, each letter's hash, each receipt's
signature. A tablet's folder opens by an account and its password, which is asked for. Exit code 0:
all of it holds; 1: it does not, and which letter; 2: it cannot be looked at.
"""

import argparse
import json
import sys
from getpass import getpass
from pathlib import Path

from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.receipts import Keys, keys_of
from field_app.vault import PEOPLE, Vault
from lawbook.refusal import Refusal

NO_ACCOUNT = "平板的数据已加密，须用 --account 指明帐号"
NO_KEYS = "导出文件须用 --keys 指明服务器的回执公钥（GET /v1/receipt-keys 的应答）"


class CannotLook(Exception):
    """Nothing to look at, in words."""


def main(given: list[str] | None = None) -> int:
    """Verify, say what was found, give the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m field_app.verify_receipts", description="核验平板的信件日志与服务器的回执"
    )
    parser.add_argument("journal", type=Path, help="平板的数据目录，或导出的日志文件")
    parser.add_argument("--account", help="以哪个帐号的口令打开平板的数据目录")
    parser.add_argument("--keys", type=Path, help="服务器的回执公钥（JSON）")
    parser.add_argument("--export", type=Path, help="把日志导出到这个文件（NDJSON）")
    asked = parser.parse_args(given)
    try:
        given_keys = _told(asked.keys) if asked.keys else None
        data, keys = _looked_at(asked.journal, given_keys, asked.account)
        if asked.export:
            asked.export.write_bytes(data)
    except (CannotLook, Refusal, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = checked(data, keys)
    sys.stdout.write(found.said() + "\n")
    return 1 if found.faults else 0


def _told(path: Path) -> Keys:
    try:
        told = json.loads(path.read_bytes())
    except ValueError as error:
        raise CannotLook(f"{path} 不是公钥文件") from error
    return keys_of(told.get("items") if isinstance(told, dict) else told)


def _looked_at(journal: Path, keys: Keys | None, account: str | None) -> tuple[bytes, Keys]:
    """The journal's lines, and the keys to prove it by."""
    if journal.is_file():
        if keys is None:
            raise CannotLook(NO_KEYS)
        return journal.read_bytes(), keys
    if not (journal / PEOPLE).is_dir():
        raise CannotLook(f"{journal} 中没有平板的数据")
    if account is None:
        raise CannotLook(NO_ACCOUNT)
    vault = Vault(journal)
    # However long ago the office answered: nothing is captured here, only read.
    store = vault.opened(account, vault.unlock(account, _password()))
    try:
        return b"".join(exported(store)), keys if keys is not None else receipt_keys(store)
    finally:
        store.close()


def _password() -> str:
    return getpass("口令：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    sys.exit(main())
