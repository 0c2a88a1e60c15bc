"""The world of one seed: the office, its tablets, the days, what strikes them, what is checked."""

import asyncio
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from field_app import schema, tus
from field_year import (
    clocks,
    disks,
    faults,
    hands,
    healing,
    invariants,
    invented,
    office_work,
    tally,
    work,
)
from field_year.house import CLOCK, FILLED, Ground, Office, good, remake
from field_year.invariants import region
from field_year.model import Broken
from field_year.network import Sky
from field_year.tablets import Tablet

STARTS = (datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 12, 28, 1, tzinfo=UTC))
CHUNK = 8 << 10


@dataclass
class Year:
    """What a run is told. `only`: faults by name; None: all of them. `owed`: those that must strike.

    `prepare`: SQL that spoils the world's database, for the bugs that are put back.
    """

    seed: int
    days: int = 6
    tablets: int = 4
    only: frozenset[str] | None = None
    owed: frozenset[str] = frozenset()
    kills: float = 0.06
    prepare: str = ""


@dataclass
class Told:
    """What a run came to. `broken`: the invariant that failed, if one did."""

    year: Year
    digest: str = ""
    faults: Counter[str] = field(default_factory=Counter)
    work: Counter[str] = field(default_factory=Counter)
    broken: Broken | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether every invariant held, and the count found nothing lost and nothing twice."""
        return not (self.broken or self.work["lost"] or self.work["twice"])


class World:
    """Everything that one seed decides. `log` is what must be the same in every run."""

    def __init__(self, ground: Ground, year: Year, tell: Callable[["World"], None]) -> None:
        self.year, self.tell = year, tell
        self.chance = Random(year.seed)
        self.kills = year.kills
        self.told = Told(year)
        self._digest = hashlib.sha256()
        self.clocks = clocks.Clocks(self.chance.choice(STARTS))
        self.disks: dict[str, disks.Disk] = {}
        self.folder: Path = ground.folder / f"tablets_{year.seed}"
        self.office = Office(ground, f"year_{year.seed}")
        self.ground = ground
        self.day = 0
        self.tablets: list[Tablet] = []
        self.undo: list[faults.Undo] = []
        self.backup: str | None = None
        self.backed_up = (0, 0)
        self.acts: list[tuple[str, str, dict[str, Any]]] = []
        self.restored = 0
        self.withdrawn: set[invented.Officer] = set()
        self.moved: set[str] = set()
        self.moved_at: dict[str, datetime] = {}
        self.files_known: set[str] = set()
        self._marks = 0
        self.sky: Sky

    def log(self, line: str) -> None:
        """One thing that happened, as every run of this seed must tell it."""
        told = f"{self.day} {self.clocks.at:%m-%dT%H:%M} {line}"
        self._digest.update(told.encode() + b"\n")
        self.told.lines.append(told)

    def count(self, fault: str) -> None:
        """A fault has struck."""
        self.told.faults[fault] += 1

    def count_work(self, what: str) -> None:
        """Something was done that the year is told by."""
        self.told.work[what] += 1

    def next_mark(self) -> int:
        """A number that no other remark carries."""
        self._marks += 1
        return self._marks

    def people(self) -> list[invented.Officer]:
        """Every officer of every region."""
        return [
            one
            for home in invented.REGIONS
            for one in invented.officers(home, self.year.tablets + 2)
        ]

    def refreshed(self, tablet: Tablet) -> None:
        """A tablet's refresh came whole: there and then nothing of another region is on it."""
        region.refreshed(self, tablet)

    async def put(self, username: str, url: str, told: dict[str, Any]) -> None:
        """An act of the office, remembered: after a restore it is done again from the paper."""
        self.acts.append((username, url, told))
        self.office.tell_time(self.clocks.at)
        await good((await self.office.client(username)).put(url, json=told))

    async def do_again(self, since: int) -> None:
        """The office does again what a restore has lost."""
        for username, url, told in self.acts[since:]:
            await good((await self.office.client(username)).put(url, json=told))
            await self.office.catch_up()

    async def run(self) -> Told:
        """Live the year; what it came to."""
        with self._bent():
            try:
                remake(self.ground.server, self.office.database, FILLED)
                self.office.execute(CLOCK)
                self.office.tell_time(self.clocks.at)
                self.office.execute(self.year.prepare)
                async with self.office.open():
                    self.sky = Sky(self.chance, lambda: self.office.door, self.count)
                    await self._live()
            except Broken as broken:
                self.told.broken = broken
                self.log(f"broken {broken.name}")
            finally:
                for tablet in self.tablets:
                    tablet.close()
                await self.office.close(*([self.backup] if self.backup else []))
                shutil.rmtree(self.folder, ignore_errors=True)
        self.told.digest = self._digest.hexdigest()
        return self.told

    @contextmanager
    def _bent(self) -> Iterator[None]:
        before = tus.CHUNK, schema.STEPS
        tus.CHUNK = CHUNK
        try:
            with ExitStack() as stack:
                stack.enter_context(hands.seeded(str(self.year.seed)))
                stack.enter_context(clocks.kept(self.clocks))
                stack.enter_context(disks.breakable(self.disks))
                yield
        finally:
            tus.CHUNK, schema.STEPS = before

    async def _live(self) -> None:
        people = {one: invented.officers(one, self.year.tablets) for one in invented.REGIONS}
        for number in range(self.year.tablets):
            home = invented.REGIONS[number % len(invented.REGIONS)]
            officer = people[home][number // len(invented.REGIONS)]
            self.tablets.append(Tablet(self, f"tablet{number}", officer))
        for tablet in self.tablets:
            await tablet.refresh()
        for day in range(1, self.year.days + 1):
            self.day = day
            await self._a_day()
            await invariants.check(self, invariants.NIGHTLY)
            self.tell(self)
        await self.heal()
        await invariants.check(self, invariants.NIGHTLY + invariants.FINALLY)
        tally.count(self)

    async def _a_day(self) -> None:
        for tablet in self.tablets:
            tablet.network.bad = self.chance.choice((0.0, 0.1, 0.3, 0.5))
        await office_work.morning(self)
        days = [work.a_day(tablet) for tablet in self.tablets]
        self.told.work["days"] += len(days)
        struck = faults.of_the_day(self)
        while days:
            turn = self.chance.randrange(len(days))
            try:
                await anext(days[turn])
            except StopAsyncIteration:
                days.pop(turn)
            self.clocks.pass_by(timedelta(seconds=self.chance.randint(20, 240)))
            if struck and self.chance.random() < 0.05:
                await self.strike(struck.pop())
            if self.chance.random() < 0.05:
                await self.sky.let_one_arrive()
            if self.chance.random() < 0.03:
                await self.office.catch_up()
        for fault in struck:
            await self.strike(fault)
        await self._night()

    async def strike(self, fault: faults.Fault) -> None:
        """One fault strikes; when it could not, nothing is counted."""
        with hands.by(hands.OFFICE):
            struck = await fault.strike(self)
        if struck:
            self.count(fault.name)
            self.log(f"fault {fault.name}")

    async def _night(self) -> None:
        for undo in [one for one in self.undo if one.day <= self.day]:
            self.undo.remove(undo)
            with hands.by(hands.OFFICE):
                await undo.act()
        for tablet in self.tablets:
            tablet.disk.full = False
        await self.office.catch_up()
        next_day = (self.clocks.at + timedelta(days=1)).replace(hour=1, minute=0, second=0)
        self.clocks.at = next_day

    async def heal(self) -> None:
        """The weather clears, accounts work again, and everybody delivers.

        Suspended certificates and plants that have moved stay so: what was captured before counts.
        """
        self.log("heal")
        self.kills = 0.0
        for undo in self.undo:
            if undo.for_good:
                continue
            with hands.by(hands.OFFICE):
                await undo.act()
        self.undo.clear()
        while self.sky.late:
            await self.sky.let_one_arrive()
        await self.office.catch_up()
        self.clocks.skew.clear()
        for tablet in self.tablets:
            tablet.disk.full, tablet.network.bad = False, 0.0
        await healing.everybody_delivers(self)


def live(ground: Ground, year: Year, tell: Callable[[World], None] = lambda _: None) -> Told:
    """Live one year in an event loop of its own."""

    async def run() -> Told:
        return await World(ground, year, tell).run()

    return asyncio.run(run())
