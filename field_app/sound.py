"""The microphone (录音). On Android the system's recorder; on a desk a stand-in.

The stand-in hands over the sound file that ZHIFA_SOUND names; without one there is no microphone.
"""

import os
import sys
from pathlib import Path
from secrets import token_bytes

from field_app import permits
from lawbook.refusal import Refusal


class MicrophoneMissing(Refusal):
    """A device on which nothing can be recorded."""

    code = "microphone-missing"
    title = "这台设备不能录音"
    next_step = "改用平板录音"


class Recording:
    """Sound that is being recorded, until it is ended or given up."""

    def __init__(self, folder: Path) -> None:
        """Begin. `folder` is where the recorder may write. Refuses MicrophoneMissing, NotPermitted."""
        self._named = os.environ.get("ZHIFA_SOUND")
        self._place = folder / f"{token_bytes(8).hex()}.3gp"
        if not can_record():
            raise MicrophoneMissing
        if on_android():
            permits.require(permits.MICROPHONE)
            from plyer import audio

            folder.mkdir(parents=True, exist_ok=True)
            audio.file_path = str(self._place)
            audio.start()

    def end(self) -> Path | None:
        """Stop; the file that was recorded, or None when there is none."""
        if on_android():
            from plyer import audio

            audio.stop()
            return self._place if self._place.is_file() else None
        return Path(self._named) if self._named else None

    def clear(self) -> None:
        """Remove what the recorder wrote, once it has been kept or given up."""
        self._place.unlink(missing_ok=True)


def on_android() -> bool:
    """Whether this is a tablet."""
    return hasattr(sys, "getandroidapilevel")


def can_record() -> bool:
    """Whether sound can be recorded here."""
    return on_android() or bool(os.environ.get("ZHIFA_SOUND"))
