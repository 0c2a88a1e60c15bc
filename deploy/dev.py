"""The services and the gateway on this machine, from an empty folder, until Ctrl-C."""

import asyncio
import os
import signal
from pathlib import Path

from deploy.all_in_one import all_in_one
from deploy.place import Place, prepared
from deploy.postgres import stop_on_sigterm
from deploy.web import free_port, serving
from services.kit.telemetry import configure_logging

PORT = 8000


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)  # noqa: T201


def port() -> int:
    """ZHIFA_PORT, or 8000, or any free one where that is taken."""
    return free_port(int(os.environ.get("ZHIFA_PORT", PORT)))


def log_to(path: Path) -> None:
    """Send the services' lines to a file, so that the terminal stays readable."""
    import structlog

    configure_logging()
    structlog.configure(
        logger_factory=structlog.WriteLoggerFactory(path.open("a", encoding="utf-8"))
    )


async def until_stopped() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


async def _stand(place: Place) -> None:
    log_to(place.data / "services.log")
    async with all_in_one(place.parts()) as house, serving(house.gateway, port()) as url:
        say(f"控制台      {url}/")
        say(f"接口文档    {url}/v1/docs")
        say(f"系统管理员  administrator，密码见 {place.data / 'secrets.json'}")
        say("Ctrl-C 结束")
        await until_stopped()


def main() -> None:
    """`make dev`"""
    stop_on_sigterm()
    with prepared() as place:
        asyncio.run(_stand(place))


if __name__ == "__main__":
    main()
