"""Bundles on this device that are to reach the office (捎带): opaque, whoever made them.

    carried/SHA256.zhifa     to be delivered; gone once the office has signed that nothing is left
    carried/SHA256.json      why the office did not take it, in its words
    carried/SHA256.huizhi    the office's reply, for whoever made the bundle

They belong to the installation, not to a person: any session may deliver them.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from field_app import receipts
from field_app.answers import Unknown, ask, problem_of, told
from field_app.bundle import REPLY_SUFFIX, SUFFIX, require_bundle
from field_app.device import Device, keep_privately
from field_app.refusals import FolderUnusable
from field_app.wire import Problem
from lawbook.bundles import PREFIX

FOLDER = "carried"
PIECE = 1 << 20


@dataclass
class Carried:
    """What one round brought: bundles that are done, those that are not, and why not."""

    done: int = 0
    left: int = 0
    problem: Problem | None = None


def folder_of(device: Device) -> Path:
    """Where the bundles lie."""
    return device.folder / FOLDER


def waiting(device: Device) -> list[Path]:
    """Bundles that the office does not have yet, the oldest first."""
    return sorted(folder_of(device).glob(f"*{SUFFIX}"), key=lambda one: one.stat().st_mtime)


def replies(device: Device) -> list[Path]:
    """Replies that wait for whoever made the bundle."""
    return sorted(folder_of(device).glob(f"*{REPLY_SUFFIX}"))


def take(device: Device, path: Path) -> Path:
    """Take a colleague's bundle along (捎带); on disk when this returns. The same one, once.

    Refuses NoBundle, FolderUnusable.
    """
    try:
        with path.open("rb") as source:
            require_bundle(source.read(PREFIX))
            source.seek(0)
            return _copied(source, folder_of(device))
    except OSError as error:
        raise FolderUnusable(error.strerror or "") from error


def _copied(source: Any, folder: Path) -> Path:  # noqa: ANN401 - an open file
    folder.mkdir(parents=True, exist_ok=True)
    coming, digest = folder / f".{os.urandom(8).hex()}.part", hashlib.sha256()
    try:
        with coming.open("wb") as out:
            while piece := source.read(PIECE):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        place = folder / f"{digest.hexdigest()}{SUFFIX}"
        coming.replace(place)
    finally:
        coming.unlink(missing_ok=True)
    return place


def place_of(device: Device, sha256: str) -> Path:
    """Where a bundle lies."""
    return folder_of(device) / f"{sha256}{SUFFIX}"


def sweep(root: Path) -> None:
    """What was not written to its end when the app was killed: nobody takes it for a bundle."""
    for one in (root / FOLDER).glob(".*.part"):
        one.unlink(missing_ok=True)


def forget(device: Device, sha256: str) -> None:
    """Remove a bundle and what was said of it; its reply stays for whoever made it."""
    for suffix in (SUFFIX, ".json"):
        (folder_of(device) / f"{sha256}{suffix}").unlink(missing_ok=True)


def hand_out_replies(device: Device, folder: Path) -> int:
    """Copy the replies into a folder, for the colleagues whose bundles these were; how many."""
    found = replies(device)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in found:
            shutil.copyfile(one, folder / one.name)
    except OSError as error:
        raise FolderUnusable(error.strerror or "") from error
    return len(found)


def why_not(device: Device, sha256: str) -> Problem | None:
    """Why the office did not take a bundle when it last came, or None."""
    try:
        found: Problem = json.loads((folder_of(device) / f"{sha256}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


async def deliver(
    device: Device,
    office: httpx.AsyncClient,
    keys: receipts.Keys,
    leave: Collection[str] = (),
) -> Carried:
    """Deliver each bundle once, but for those in `leave`. A refusal keeps it, with its reason.

    Raises Unknown, Refusal.
    """
    carried = Carried()
    for path in waiting(device):
        if path.stem in leave:
            continue
        problem = await _one(device, office, keys, path)
        if problem is None:
            carried.done += 1
        else:
            keep_privately(folder_of(device) / f"{path.stem}.json", dict(problem))
            carried.left, carried.problem = carried.left + 1, problem
    return carried


LEFT: Problem = {
    "code": "bundle-not-done",
    "title": "封装包中有信件暂缓办理",
    "next_step": "系统会再次送出；长时间未解决的，请联系管理员",
}


async def _one(
    device: Device, office: httpx.AsyncClient, keys: receipts.Keys, path: Path
) -> Problem | None:
    """Deliver a bundle; None once nothing of it is left to come again."""
    answer = await ask(
        office, "POST", "/v1/bundles", content=path.read_bytes(),
        headers={"content-type": "application/octet-stream"},
    )  # fmt: skip
    if not answer.is_success:
        return problem_of(answer)
    answered = told(answer)
    receipt, reply = answered.get("receipt"), answered.get("reply")
    if not isinstance(receipt, Mapping) or not isinstance(reply, str):
        raise Unknown("应答不完整")
    if receipt.get("bundle") != path.stem:
        return receipts.DIFFERS
    if doubt := receipts.signed_by(receipt, keys):
        return doubt
    # The reply first: once the bundle is gone nothing brings it again.
    keep_privately(
        folder_of(device) / f"{path.stem}{REPLY_SUFFIX}", {"bundle": path.stem, "reply": reply}
    )
    if receipt.get("done") is not True:
        return LEFT
    forget(device, path.stem)
    return None
