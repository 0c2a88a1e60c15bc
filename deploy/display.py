"""A place to draw for a window that nobody looks at: the display there is, or an Xvfb of our own."""

import atexit
import os
import shutil
import subprocess


def available() -> bool:
    """Whether anything can be drawn."""
    return bool(os.environ.get("DISPLAY") or shutil.which("Xvfb"))


def ensure(size: str = "1280x800", *, of_many: bool = False) -> None:
    """See that DISPLAY is set, for this process and those that it starts.

    An Xvfb of our own lives as long as this process: SDL does not survive the end of its display.
    It also ends with its last client, as when this process is killed; `of_many`: it does not, for
    clients that come and go.
    """
    if os.environ.get("DISPLAY"):
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
         *([] if of_many else ["-terminate"])],
        pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        os.environ["DISPLAY"] = f":{told.readline().strip()}"
    atexit.register(server.terminate)
