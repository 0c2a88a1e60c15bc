"""An officer who types in a form on the window, in a process that dies without a word.

Run as a program: `typing_killed STORE VISIT KIND CODE TEXT` types and dies by SIGKILL two seconds after
the last key; without a text it shows what stands in the field.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from tests.field_app.screens.display import running
from tests.field_app.tablet import opened

TWO_SECONDS = 2.0
"""What may be lost at most (R1)."""


async def main(folder: str, visit: str, kind: str, code: str, text: str = "") -> None:
    """One form, one field."""
    from field_app.look.window import prepare, use_chinese

    prepare(Path(folder).parent / "kivy")
    use_chinese()
    with running(opened(Path(folder))) as hands:
        hands.app.go("document", about=visit, kind=kind)
        await hands.frames(6)
        field = hands.app.page._form._fields[code]
        if not text:
            sys.stdout.write(str(field.text))
            return
        field.box.focus = True
        for character in text:
            field.box.insert_text(character)
            await hands.frames(1)
        last = time.monotonic()
        while time.monotonic() < last + TWO_SECONDS:
            await asyncio.sleep(0.02)
            await hands.frames(1)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
