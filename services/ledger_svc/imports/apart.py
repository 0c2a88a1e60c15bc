"""Work on files that strangers made, in a process of its own and under limits."""

import asyncio
import sys
from pathlib import Path
from weakref import WeakKeyDictionary

from services.ledger_svc.settings import LedgerSettings

# One at a time in each event loop: the cores are shared with PostgreSQL. One made for the module
# would belong to the first loop that waits on it, and stay taken when that loop ends in the middle.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def run_apart(settings: LedgerSettings, module: str, *arguments: str) -> tuple[int, str]:
    """Run `python -m services.ledger_svc.imports.<module>`: its exit status and what it complained of."""
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", f"services.ledger_svc.imports.{module}", *arguments,
            env={
                "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
                "READING_MEMORY": str(settings.reading_memory), "MALLOC_ARENA_MAX": "1",
                "READING_SECONDS": str(settings.reading_seconds), "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            _, told = await process.communicate()
        except BaseException:
            process.kill()
            await process.wait()
            raise
    return process.returncode or 0, told.decode(errors="replace")


def limit_this_process() -> None:
    """Take on the limits that `run_apart` was told: memory and processor time."""
    import os
    import resource

    memory, seconds = int(os.environ["READING_MEMORY"]), int(os.environ["READING_SECONDS"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
