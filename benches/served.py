"""A part in a process of its own, over a real socket, as `deploy/serve.py` starts it."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from benches.ground import ROOT, Ground
from deploy.web import free_port

WITHIN = 60.0


@asynccontextmanager
async def served(ground: Ground, part: str, workers: int = 1, **urls: str) -> AsyncIterator[str]:
    """Serve `part` for the length of the block: its URL. `urls` say where other parts are."""
    port = free_port(0)
    settings = {
        "CLAIMS_PUBLIC_KEY": ground.secrets.claims_public_key,
        "CLAIMS_PRIVATE_KEY": ground.secrets.claims_private_key,
        "RECEIPT_PRIVATE_KEY": ground.secrets.receipt_private_key,
        "CONSOLE_SECRET": ground.secrets.console_secret,
        "CASE_SVC_SECRET": ground.secrets.case_svc_secret,
        "KPI_SVC_SECRET": ground.secrets.kpi_svc_secret,
        "DATABASE_URL": ground.url(part),
        "FILES": str(ground.folder / "files" / part),
        "SPOOL": str(ground.folder / "spool" / part),
        "RATE_PER_MINUTE": "0",
        "FOLLOW_EVERY": "60",
    } | {f"{name.upper()}_URL": url for name, url in urls.items()}
    command = [
        sys.executable, "-m", "deploy.serve", part,
        "--port", str(port), "--workers", str(workers),
    ]  # fmt: skip
    own = {f"ZHIFA_{name}": value for name, value in settings.items()}
    async with _process(command, own, port, "/healthz") as url:
        yield url


@asynccontextmanager
async def bare_put(folder: Path) -> AsyncIterator[str]:
    """Serve `benches/bare_put.py`, whose files go into `folder`: its URL."""
    folder.mkdir(parents=True)
    port = free_port(0)
    command = [sys.executable, "-m", "uvicorn", "benches.bare_put:app", "--port", str(port)]
    async with _process(command, {"BARE_PUT": str(folder)}, port, "/") as url:
        yield url


@asynccontextmanager
async def _process(
    command: list[str], settings: dict[str, str], port: int, alive: str
) -> AsyncIterator[str]:
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | settings,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient() as client, asyncio.timeout(WITHIN):
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(url + alive)).is_success:
                        break
                if process.poll() is not None:
                    raise RuntimeError(f"{command} did not start")
                await asyncio.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(20)
