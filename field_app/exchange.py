"""By hand (离线传递): the folder through which bundles and replies pass, and what lies in it."""

import os
from dataclasses import dataclass
from pathlib import Path

from field_app import carrier, replies, sealing
from field_app.bundle import REPLY_SUFFIX, SUFFIX
from field_app.errands import said_of_delivery
from field_app.store import Store

SETTING = "exchange_folder"
NAME = "移动执法"
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be taken in, and what it is, in a word."""

    path: Path
    what: str


def folder(store: Store) -> Path:
    """Where files pass: as it was chosen; else a folder of the user's own."""
    chosen = store.setting(SETTING)
    if chosen:
        return Path(chosen)
    shared = os.environ.get("EXTERNAL_STORAGE")
    return Path(shared) / "Documents" / NAME if shared else Path.home() / NAME


def choose(store: Store, text: str) -> None:
    """Keep another folder; an empty one means the usual."""
    store.set(SETTING, text.strip() or None)


def found(store: Store) -> list[Found]:
    """What lies in the folder and can be taken in, the latest first."""
    try:
        files = [one for one in folder(store).iterdir() if one.suffix in (SUFFIX, REPLY_SUFFIX)]
        files.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    except OSError:
        return []
    known = {row[0][:8] for row in store.db.conn.execute("select sha256 from bundle")}
    carried = {one.stem for one in carrier.waiting(store.installation)}
    made_here = [one for one in files if one.suffix == SUFFIX and one.stem[-8:] in known]
    return [
        Found(one, "回执" if one.suffix == REPLY_SUFFIX else "同事的封装包")
        for one in files
        if one not in made_here and one.stem not in carried
    ][:SHOWN]


def hand_out(store: Store) -> str:
    """Export what is unsent (导出未上报数据); what to say. Refuses as `sealing.export` does."""
    return f"已导出到 {sealing.export(store, folder(store))}"


def hand_back(store: Store) -> str:
    """Export the replies to colleagues' bundles (导出回执); what to say."""
    count = carrier.hand_out_replies(store.installation, folder(store))
    return f"{count} 份回执已导出到 {folder(store)}"


def take_in(store: Store, file: Path) -> str:
    """Take in a reply, or take a colleague's bundle along; what to say."""
    if file.suffix == REPLY_SUFFIX:
        return said_of_delivery(replies.take_in(store, file))
    carrier.take(store.installation, file)
    return "已收下，下次送出时一并捎带"
