"""Work on files that strangers made, in a process of its own and under limits."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from services.ledger_svc.settings import LedgerSettings

BUFFER = 1 << 18

# One at a time in each event loop: the cores are shared with PostgreSQL. One made for the module
# would belong to the first loop that waits on it, and stay taken when that loop ends in the middle.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class BrokenOff(Exception):
    """A process ended before its work was done: what it complained of, and whether a limit ended it."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told[-300:])
        self.met_a_limit = status < 0 or "emory" in told


@asynccontextmanager
async def apart(
    settings: LedgerSettings, module: str, *arguments: str
) -> AsyncIterator[AsyncIterator[bytes]]:
    """Run `python -m services.ledger_svc.imports.<module>` while the block takes what it writes.

    The process ends with the block. What it writes ends in `BrokenOff` when the process fails, so
    that nobody takes the half of it for the whole.
    """
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", f"services.ledger_svc.imports.{module}", *arguments,
            env={
                "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
                "READING_MEMORY": str(settings.reading_memory), "MALLOC_ARENA_MAX": "1",
                "READING_SECONDS": str(settings.reading_seconds), "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=BUFFER,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        # Read beside the other: a process that complains much must not wait for us.
        complaint = asyncio.create_task(process.stderr.read())
        try:
            yield _written(process, process.stdout, complaint)
        finally:
            if process.returncode is None:
                process.kill()
            await complaint
            await process.wait()


async def _written(
    process: asyncio.subprocess.Process, out: asyncio.StreamReader, complaint: asyncio.Task[bytes]
) -> AsyncIterator[bytes]:
    while chunk := await out.read(BUFFER):
        yield chunk
    told = (await complaint).decode(errors="replace")
    if status := await process.wait():
        raise BrokenOff(status, told)


def limit_this_process() -> None:
    """Take on the limits that `apart` was told: memory and processor time."""
    import os
    import resource

    memory, seconds = int(os.environ["READING_MEMORY"]), int(os.environ["READING_SECONDS"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
