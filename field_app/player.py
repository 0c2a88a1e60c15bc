"""Show a piece of evidence with whatever this system plays or shows such files with."""

import sys
import webbrowser
from pathlib import Path

from lawbook.refusal import Refusal


class PlayerMissing(Refusal):
    """A device that has nothing to open such a file with, or that must not be handed it."""

    code = "player-missing"
    title = "本机不能打开这件证据的原件"
    next_step = "原件已加密保存，送达后可在办公室电脑的检查详情中查看、播放"


def play(copy: Path) -> None:
    """Open a plain copy that was lent. Refuses PlayerMissing.

    On Android other apps see only what lies in the shared folders, where evidence must not go.
    """
    if hasattr(sys, "getandroidapilevel") or not webbrowser.open(copy.resolve().as_uri()):
        raise PlayerMissing
