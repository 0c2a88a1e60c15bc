"""`make demo`: the house from an empty folder, a day of the bureau in it, then the console.

A day that was killed is taken up under its own number: every id and body is as before, so the
server takes nothing twice. A day that was finished is followed by the next.
"""

import argparse
import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from rich.panel import Panel

from deploy.all_in_one import House, all_in_one
from deploy.county import PASSWORD, PEOPLE
from deploy.day.bureau import Bureau, DayFailed
from deploy.day.play import play
from deploy.day.progress import Spoken
from deploy.dev import log_to, port, until_stopped
from deploy.place import Place, prepared
from deploy.postgres import stop_on_sigterm
from deploy.web import serving

SHOWN = ("first", "head", "auditor")


def _diary(folder: Path) -> dict[str, Any]:
    """Which day this is: the one that was broken off, or the next."""
    page = folder / "diary.json"
    known = json.loads(page.read_text()) if page.exists() else {"run": 0, "finished": True}
    if known["finished"]:
        known = {"run": known["run"] + 1, "began": datetime.now(UTC).isoformat(), "finished": False}
        _write(folder, known)
    return dict(known)


def _write(folder: Path, diary: dict[str, Any]) -> None:
    coming = folder / "diary.coming"
    with coming.open("w") as out:
        out.write(json.dumps(diary))
        out.flush()
        os.fsync(out.fileno())
    coming.rename(folder / "diary.json")


async def _day(place: Place, house: House, url: str, tell: Spoken) -> Path:
    folder = place.data / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    diary = _diary(folder)
    day = folder / f"day-{diary['run']:02d}"
    day.mkdir(exist_ok=True)
    bureau = Bureau(
        new_client=lambda: httpx.AsyncClient(base_url=url, timeout=120),
        settle=house.catch_up,
        folder=day,
        tell=tell,
        administrator_password=place.secrets.administrator_password,
        province_secret=place.secrets.province_secret,
        run=diary["run"],
        began=datetime.fromisoformat(diary["began"]),
        gateway=url,
        tablet=folder / "tablet",
    )
    try:
        await play(bureau)
    finally:
        await bureau.close()
    _write(folder, diary | {"finished": True})
    return day


def _where(url: str, day: Path, tell: Spoken) -> None:
    people = {person.key: person for person in PEOPLE}
    lines = [f"控制台    [bold]{url}/[/bold]", f"文书      {day}", ""]
    for key in SHOWN:
        person = people[key]
        lines.append(
            f"{person.duty:　<7}{person.name:　<4} 帐号 [bold]{person.username:<14}[/bold] 密码 {PASSWORD}"
        )
    tell.console.print()
    tell.console.print(
        Panel("\n".join(lines), title="去看看", border_style="dark_cyan", expand=False)
    )


async def _run(place: Place, once: bool) -> int:
    tell = Spoken()
    log_to(place.data / "services.log")
    async with all_in_one(place.parts()) as house, serving(house.gateway, port()) as url:
        try:
            day = await _day(place, house, url, tell)
        except (DayFailed, httpx.HTTPError) as error:
            tell.console.print(f"\n[bold red]这一天没有过完：[/bold red]{error}", markup=True)
            tell.console.print(f"服务日志：{place.data / 'services.log'}")
            return 1
        _where(url, day, tell)
        if not once:
            tell.console.print("Ctrl-C 结束")
            await until_stopped()
    return 0


def main() -> None:
    """Play the day; 0 when it was played to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the day")
    given = parser.parse_args()
    stop_on_sigterm()
    try:
        with prepared() as place:
            sys.exit(asyncio.run(_run(place, given.once)))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
