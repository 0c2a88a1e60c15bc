"""What the tablet does at the office: refresh and deliver, one at a time, with what to tell.

Plain Python, so that it is tested without a display.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx

from field_app import carrier
from field_app.answers import Unknown
from field_app.contact import WIPING, contact_of
from field_app.delivery import Delivered, deliver
from field_app.laid_aside import require_same_person
from field_app.moments import kept, now, read
from field_app.offline import is_offline
from field_app.parting import put_away_meanwhile
from field_app.receipt_keys import receipt_keys
from field_app.refresh import DATASETS, LATER, Refreshed, refresh
from field_app.replies import collect
from field_app.reporting import report
from field_app.retention import tidy
from field_app.sealing import own, take_back
from field_app.session import SignInNeeded, office_client, signed_in
from field_app.setting_aside import much_is_new, set_aside_meanwhile, try_to_set_aside
from field_app.store import Store
from field_app.unsent import unsent_here
from field_app.vault import note
from field_app.wiping import may_be_wiped, wipe
from field_app.withdrawal import erase_departed
from lawbook.refusal import Refusal

STEPS = {
    "units": "执法单位",
    "officers": "执法人员",
    "entities": "企业台账",
    "planned-inspections": "年度计划",
    "inspection-schemes": "检查方案",
    "hazards": "事故隐患",
    "inspections": "历次检查",
    "visits": "同行检查",
    "proposals": "台账补充建议",
    "cases": "行政处罚",
}
AFTER, FIRST = len(DATASETS) + 2, len(DATASETS) - len(LATER)
SILENT = timedelta(minutes=30)
"""A device that has nothing to send reports itself this often."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and how far it is, 0 to 1."""

    text: str
    part: float


Tell = Callable[[Step], None]


class Errands:
    """Refreshing, delivering and reporting with one client; never two at a time.

    `wiped` is called once everything here has been erased, as the office asked: the store is closed.
    """

    def __init__(
        self,
        store: Store,
        gateway: str,
        transport: httpx.AsyncBaseTransport | None = None,
        wiped: Callable[[], None] = lambda: None,
    ) -> None:
        self.store, self.gateway, self.transport = store, gateway, transport
        self._wiped = wiped
        self._one_at_a_time = asyncio.Lock()
        self._tell: Tell = lambda _: None

    @property
    def busy(self) -> bool:
        """Whether one is under way."""
        return self._one_at_a_time.locked()

    def _client(self) -> httpx.AsyncClient:
        client = office_client(self.store, self.gateway, self.transport)
        client.event_hooks["request"] = [self._asked]
        return client

    async def _asked(self, request: httpx.Request) -> None:
        if step := step_of(request.url.path):
            self._tell(step)

    async def refresh(self, tell: Tell = lambda _: None) -> Refreshed:
        """Bring the mirror up to date, telling each step."""
        async with self._one_at_a_time, self._client() as office:
            self._tell = tell
            try:
                done = await refresh(self.store, office)
                erase_departed(self.store, kept(now()))
                if done.stopped is None:
                    await self._report(office)
                return done
            finally:
                self._tell = lambda _: None

    async def deliver(self) -> Delivered:
        """Send what is waiting; then let go what the office has signed for long ago."""
        async with self._one_at_a_time, self._client() as office:
            done = await deliver(self.store, office)
            if done.sign_in_needed:
                # The account may be closed for good: what is unsent can go by another's hand.
                try_to_set_aside(self.store)
            else:
                await self._carry(office, done)
            tidy(self.store, now())
            erase_departed(self.store, kept(now()))
            if not done.sign_in_needed:
                await self._report(office)
        return done

    async def _carry(
        self, office: httpx.AsyncClient, done: Delivered, *, leaving: bool = False
    ) -> None:
        """Deliver what lies sealed on this device, whoever made it; take in replies to ours."""
        try:
            device = self.store.installation
            # What this store can send itself goes by itself; its bundle is for when it is closed.
            take_back(self.store)
            leave = set() if leaving else own(self.store)
            carried = await carrier.deliver(device, office, receipt_keys(self.store), leave)
        except (Unknown, SignInNeeded, Refusal) as error:
            logging.getLogger("field_app").info("not carried: %s", error)
            return
        taken = collect(self.store)
        done.carried += carried.done
        done.sent, done.refused = done.sent + taken.sent, done.refused + taken.refused
        done.files += taken.files

    async def deliver_aside(self, aside: Store) -> Delivered:
        """Deliver what waits in a store that was set aside, in the name of its person, signed in here.

        What was begun in it and not ended is sealed for the office and goes along. `aside` stays open.
        Refuses NotYourRecords.
        """
        require_same_person(self.store, aside)
        async with self._one_at_a_time, self._client() as office:
            done = await deliver(aside, office)
            if not done.sign_in_needed:
                await put_away_meanwhile(aside)
                device, keys = self.store.installation, receipt_keys(aside)
                try:
                    await carrier.deliver(device, office, keys, own(self.store))
                except (Unknown, SignInNeeded, Refusal) as error:
                    logging.getLogger("field_app").info("not carried: %s", error)
                collect(aside)
                note(aside, alone=bool(unsent_here(aside)) and not own(aside))
        return done

    def something_to_seal(self) -> bool:
        """Whether so much is new here that it should be sealed before the app is left."""
        return not self.busy and much_is_new(self.store)

    async def seal_ahead(self) -> None:
        """Seal what is unsent in another thread; without a key or a grant it waits."""
        try:
            await set_aside_meanwhile(self.store)
        except (OSError, Refusal) as error:
            logging.getLogger("field_app").info("not sealed: %s", type(error).__name__)

    async def report(self) -> None:
        """Report this device, whether or not anything waits."""
        async with self._one_at_a_time, self._client() as office:
            await self._report(office)

    async def _report(self, office: httpx.AsyncClient) -> None:
        """Report, and do what is asked in return. Never raises for the network's sake."""
        try:
            contact = await report(self.store, office)
        except (Unknown, SignInNeeded, Refusal) as error:
            logging.getLogger("field_app").info("not reported: %s", error)
            return
        if contact and contact.state in WIPING and may_be_wiped(self.store):
            # What was sealed for it goes now if it can; else with whoever works here next.
            await self._carry(office, Delivered(), leaving=True)
            await wipe(self.store, office)
            self._wiped()

    def overdue(self) -> bool:
        """Whether this device should report itself though nothing waits."""
        contact = contact_of(self.store.installation)
        if not contact.enrolled or signed_in(self.store) is None or is_offline(self.store):
            return False
        return contact.heard_at is None or abs(now() - read(contact.heard_at)) > SILENT

    def something_waits(self) -> bool:
        """Whether there is anything to send, and somebody in whose name."""
        if signed_in(self.store) is None or is_offline(self.store):
            return False
        outbox, bundles = self.store.outbox, carrier.waiting(self.store.installation)
        return bool(
            outbox.waiting(1)
            or outbox.uploads("waiting")
            or self.store.visits.to_share()
            or {path.stem for path in bundles} - own(self.store)
        )


def step_of(path: str) -> Step | None:
    """What a request is about, in the officer's words."""
    _, _, rest = path.partition("/v1/")
    head, _, tail = rest.partition("/")
    if head == "pulls" and tail in STEPS:
        behind = 2 if tail in LATER else 0
        return Step(f"正在更新：{STEPS[tail]}", (DATASETS.index(tail) + behind) / AFTER)
    if head == "packs":
        return Step("正在更新：检查表和文书样式", FIRST / AFTER)
    if head == "number-leases":
        return Step("正在领取文号", (FIRST + 1) / AFTER)
    return None


def said_of_refresh(done: Refreshed) -> str:
    """What a refresh achieved, in a line."""
    told = [
        f"{STEPS[name]} {rows} 条" for name, rows in done.rows.items() if rows and name in STEPS
    ]
    if done.packs:
        told.append(f"检查表和文书样式 {done.packs} 份")
    if done.leases:
        told.append(f"文号段 {done.leases} 个")
    return "、".join(told) or "没有新的变化"


def said_of_delivery(done: Delivered) -> str:
    """What a delivery achieved, in a line."""
    told = []
    if done.sent:
        told.append(f"信件 {done.sent} 封已送达")
    if done.files:
        told.append(f"文件 {done.files} 个已传完")
    if done.carried:
        told.append(f"封装包 {done.carried} 个已送达")
    if done.refused:
        told.append(f"{done.refused} 封被退回")
    return "，".join(told) or "没有需要发送的"
