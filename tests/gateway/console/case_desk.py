"""Who works on a case in the browser, each at their own window; acts are entered for the day they were done."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from playwright.async_api import Page

from deploy.county import PASSWORD
from lawbook.penalty.kind import REGISTRY
from tests.case_svc.on_the_spot import evidence, finding, inspection, recorded, uploaded
from tests.case_svc.papers import FORMS, example
from tests.examples import account, jpeg, officer
from tests.gateway.console.conftest import Office, Visitor

REVIEWER, CHAIR = "sunhe", "lulan"
LATE = "纸质案卷补录"
HANDLER, CHIEF, HEAD = "zhangyue", "wangheng", "zhaomingyuan"
LAWYERS = UUID("a5e2d0a1-3c55-4a0e-8c1b-5f0f7d1e9b21")
FORM_OF = {
    tomllib.loads((one / "document.toml").read_text("utf-8"))["name"]: one.name
    for one in sorted(FORMS.iterdir()) if one.is_dir()
}  # fmt: skip
"""What a form is called → its code."""
BLANKS = """() => {
    const all = [...document.querySelectorAll('#write > .grid [name]')];
    const filled = new Set(all.filter(one =>
        ['radio', 'checkbox'].includes(one.type) ? one.checked : one.value.trim()).map(one => one.name));
    return all.map(one => one.name).filter(name => name.startsWith('said.') && !filled.has(name));
}"""
"""Fields of a draft that must be written and are empty."""
PICTURES = os.environ.get("ZHIFA_PICTURES")
"""A folder in which stories keep a picture of each page on their way; none are kept without it."""


async def lawyers(office: Office) -> None:
    """A legal reviewer, and another one with a certificate who chairs hearings; asked for again, the same."""
    administrator = await office.bureau.as_administrator()
    chair = str(uuid5(LAWYERS, "officer"))
    told = officer("14088200016", name="卢岚", unit="140882", region="140882", office="法规股")
    assert (await administrator.put(f"/v1/officers/{chair}", json=told)).is_success
    for username, name, of in ((REVIEWER, "孙禾", None), (CHAIR, "卢岚", chair)):
        body = account(
            username, name=name, region="140882", unit="140882", password=PASSWORD,
            roles=["legal_reviewer"], officer_id=of,
        )  # fmt: skip
        answer = await administrator.put(f"/v1/accounts/{uuid5(LAWYERS, username)}", json=body)
        assert answer.is_success, answer.text
    await office.settle()


async def inspected(office: Office, day: str, item: str = "G06", plant: int = 2) -> dict[str, Any]:
    """An inspection of that morning with one finding and a photo of it, from the tablet."""
    about = inspection(
        office.complete[plant], findings=[finding(item)], started_at=f"{day}T01:00:00Z",
        ended_at=f"{day}T03:00:00Z",
    )  # fmt: skip
    tablet = await office.act(HANDLER)
    await recorded(tablet, about)
    photo = jpeg(64, 48, int(day.replace("-", "")))
    shot = evidence(
        about["id"], photo, captured_at=f"{day}T02:00:00Z", caption="隐患排查治理台账",
        hazard_id=about["findings"][0]["id"],
    )  # fmt: skip
    assert (await tablet.put(f"/v1/evidence/{shot['id']}", json=shot)).is_success
    await uploaded(tablet, photo)
    return about


@dataclass
class Desk:
    """A case and the windows of those who work on it."""

    visitor: Visitor
    name: str
    case: str = ""
    looks: bool = True
    """Whether pages show their documents as pictures: each is drawn anew, which takes its time."""
    windows: dict[str, Page] = field(default_factory=dict)
    taken: int = 0

    async def window(self, who: str, **options: Any) -> Page:
        """The window of somebody, signed in when it is first asked for."""
        if who not in self.windows:
            self.windows[who] = await self.visitor(who, **options)
            if not self.looks:
                await self.windows[who].route("**/picture*", lambda route: route.abort())
        return self.windows[who]

    async def picture(self, page: Page, name: str) -> None:
        """Keep a picture of a page on the way, where a folder was named."""
        self.taken += 1
        if PICTURES:
            path = Path(PICTURES) / f"{self.name}-{self.taken:02}-{name}.png"
            await page.screenshot(path=str(path), full_page=True)

    async def begin(self, inspection_id: str, at: str, *, summary: bool = False) -> None:
        """Begin the case from an inspection, entered for the moment at which it was done."""
        page = await self.window(HANDLER)
        await page.goto(f"/inspections/{inspection_id}")
        await opened(page)
        await page.locator('form[action$="/case"] [name="done_at"]').fill(at)
        await page.locator('form[action$="/case"] [name="late_reason"]').fill(LATE)
        if summary:
            await page.locator('[name="certificate_shown"]').check()
            await page.get_by_role("button", name="当场查处").click()
        else:
            await page.get_by_role("button", name="提请立案").click()
        await page.wait_for_url("**/cases/*")
        self.case = page.url.rpartition("/")[2].partition("?")[0]

    async def form(self, kind: str, who: str = HANDLER) -> Page:
        """The form of an act, all of it open."""
        page = await self.window(who)
        await page.goto(f"/cases/{self.case}/acts/{kind}")
        await opened(page)
        return page

    async def act(self, kind: str, at: str, /, who: str = HANDLER, **said: Any) -> Page:
        """Do an act by its form: text by name, choices and flags by value, several of a choice as a tuple."""
        page = await self.form(kind, who)
        await self.fill(page, **said)
        await self.send(page, kind, at)
        await page.wait_for_url("**/cases/*told=*")
        return page

    async def fill(self, page: Page, **said: Any) -> None:
        """Fill in fields of the form that stands open."""
        for name, value in said.items():
            await self._row(page, name)
            for one in value if isinstance(value, tuple) else (value,):
                await _put(page, f"said.{name}", str(one))

    async def _row(self, page: Page, name: str) -> None:
        """One more row of a list, when the form has none for this field yet."""
        if await page.locator(f'[name="said.{name}"]').count():
            return
        records = name.partition(".")[0]
        await page.locator(f'button[name="more"][value="said.{records}"]').click()
        await page.locator(f'[name="said.{name}"]').first.wait_for(state="attached")
        await opened(page)

    async def send(self, page: Page, kind: str, at: str) -> None:
        """Send the form that stands open, for the moment at which the act was done."""
        await opened(page)
        if at:
            await page.locator('[name="done_at"]').fill(at)
            await page.locator('[name="late_reason"]').fill(LATE)
        await self.picture(page, kind)
        await page.get_by_role("button", name=REGISTRY[kind].title, exact=True).last.click()

    async def decide(self, who: str, button: str, at: str, **said: Any) -> Page:
        """Take a decision on the page of the case itself."""
        page = await self.window(who)
        await page.goto(f"/cases/{self.case}")
        card = (
            page.locator(".deciding")
            .filter(has=page.get_by_role("button", name=button, exact=True))
            .first
        )
        await opened(page)
        for name, value in said.items():
            await _put(page, f"said.{name}", value)
        await card.locator('[name="done_at"]').fill(at)
        await card.locator('[name="late_reason"]').fill(LATE)
        await self.picture(page, f"decide-{who}")
        await card.get_by_role("button", name=button, exact=True).click()
        await page.wait_for_url("**/cases/*told=*")
        return page

    async def papers(self) -> list[str]:
        """Every document that waits to be made and can be: written, looked at, issued, one after the other."""
        page, made = await self.window(HANDLER), list[str]()
        await page.goto(f"/cases/{self.case}/documents")
        while True:
            make = page.locator(
                '[aria-labelledby="wanted"] .paper-acts, [aria-labelledby="more"] form'
            ).get_by_role("button", name="制作", exact=True)
            if not await make.count():
                return made
            await make.first.click()
            await page.wait_for_url("**/documents/*-*")
            made.append(await self._issued(page))

    async def _issued(self, page: Page) -> str:
        """What the case does not tell is written as in the form's example; the rest is only confirmed."""
        name = (await page.locator("h1").inner_text()).rpartition("：")[2]
        if "confirm=1" not in page.url:
            await self._written(page, name)
            await self.picture(page, f"draft-{name}")
            await page.get_by_role("button", name="核对并出具").click()
            told = page.locator(".problem, .act-confirm")
            await told.first.wait_for()
            assert "confirm=1" in page.url, await page.locator("main").inner_text()
        await self.picture(page, f"issue-{name}")
        await page.get_by_role("button", name="确认出具").click()
        await page.wait_for_url("**issued=1")
        await self.picture(page, f"issued-{name}")
        return name

    async def _written(self, page: Page, name: str) -> None:
        words = example(FORM_OF[name])
        blanks = await page.evaluate(BLANKS)
        for path in dict.fromkeys(blanks):
            value: Any = words
            for step in path.removeprefix("said.").split("."):
                value = value[int(step)] if step.isdigit() else value.get(step, "")
            for each in value if isinstance(value, list) else (value,):
                await _put(page, path, "yes" if each is True else str(each))

    async def stage(self) -> str:
        """The stage as the handler's page tells it."""
        page = await self.window(HANDLER)
        await page.goto(f"/cases/{self.case}")
        return await page.locator(".tag.stage").inner_text()


async def opened(page: Page) -> None:
    """Unfold everything on the page."""
    await page.evaluate(
        "document.querySelectorAll('main details').forEach(one => { one.open = true })"
    )


async def _put(page: Page, name: str, value: str) -> None:
    field = page.locator(f'[name="{name}"]')
    kind = await field.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        await page.locator(f'[name="{name}"][value="{value}"]').check()
    elif await field.first.evaluate("one => one.tagName") == "SELECT":
        await field.select_option(value)
    else:
        await field.fill(value)
