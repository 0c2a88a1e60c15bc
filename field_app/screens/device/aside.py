"""Stores that were set aside (封存), on the page of this device: opened with the old password, sent."""

import asyncio
from typing import Any

from field_app import laid_aside
from field_app.errands import said_of_delivery
from field_app.laid_aside import Aside
from field_app.look.panels import Card, Field, Heading, Quiet, Words
from field_app.look.pressable import BigButton
from field_app.moments import spoken
from field_app.screens.page import Page
from field_app.screens.told import Told
from field_app.session import signed_in
from field_app.unsent import unsent_here

OTHERS = (
    "由其本人登录后，在这一页用原口令打开并送出。不记得原口令的，记录打不开，也不会删除："
    "请告诉系统管理员，平板不要擦除，原口令想起来时仍可打开。"
)
OWN = "用封存前的口令打开：未送达的信件和文件以现在的登录送出，未办完的检查封装后移交办公室。"
SURE = Told(
    "清除后，这份封存的记录不再保留", "其中的信件服务器都已签收。",
    next_step="确实要清除，请再点一次“清除这份记录”",
)  # fmt: skip
NO_PASSWORD = Told("请填写封存前的口令")


class AsidePage(Page):
    """What the page of this device does with stores that were set aside."""

    removing = ""
    """The place of the one whose removal has been asked for once."""
    working = False

    def paint_aside(self) -> None:
        """A card for each; nothing where there is none."""
        column = self.ids.aside
        column.clear_widgets()
        for one in laid_aside.all_below(self.app.vault.people):
            column.add_widget(self._aside(one))

    def _aside(self, one: Aside) -> Any:  # noqa: ANN401 - a Card
        card = Card(tone="warn" if one.unsent else "plain")
        card.add_widget(
            Heading(text=f"封存的记录：{one.name}", tone="warn" if one.unsent else "plain")
        )
        waits = f"还有 {one.unsent} 封信件未送达" if one.unsent else "信件均已送达"
        card.add_widget(Words(text=f"{spoken(one.seen_at)} 用过，{waits}"))
        store = self.app.store
        if store is None or signed_in(store) is None or not laid_aside.is_of(store, one):
            card.add_widget(Quiet(text=OTHERS))
            return card
        card.add_widget(Quiet(text=OWN))
        password = Field(label="原口令", secret=True)
        card.add_widget(password)
        send = BigButton(text="打开并送出", tone="main")
        send.bind(on_release=lambda _: self.open_aside(one, password.text))
        card.add_widget(send)
        if not one.unsent:
            remove = BigButton(text="清除这份记录")
            remove.bind(on_release=lambda _: self.remove_aside(one, password.text))
            card.add_widget(remove)
        return card

    def open_aside(self, one: Aside, password: str) -> None:
        """打开并送出."""
        if not password:
            self.say(NO_PASSWORD, "warn")
        elif not self.working:
            self.working = True
            self.ids.banner.close()
            self.spawn(self._open(one, password))

    async def _open(self, one: Aside, password: str) -> None:
        vault = self.app.vault
        try:
            key = await asyncio.to_thread(vault.unlock_aside, one.place, password)
            aside = vault.opened_aside(one.place, key)
            try:
                done = await self.app.errands.deliver_aside(aside)
                left = unsent_here(aside).words()
            finally:
                aside.close()
        finally:
            self.working = False
        self.repaint()
        if done.stopped:
            self.say(Told("没有全部送出", done.stopped, next_step="记录仍封存在本机"), "warn")
        else:
            said = f"{said_of_delivery(done)}。" + (f"还有：{left}" if left else "全部送达")
            self.say(Told("封存的记录已打开", said), "warn" if left else "good")

    def remove_aside(self, one: Aside, password: str) -> None:
        """清除: asked for twice, and never while something is only there."""
        if not password:
            self.say(NO_PASSWORD, "warn")
        elif self.removing != str(one.place):
            self.removing = str(one.place)
            self.say(SURE, "warn")
        elif not self.working:
            self.working = True
            self.spawn(self._remove(one, password))

    async def _remove(self, one: Aside, password: str) -> None:
        vault = self.app.vault
        try:
            key = await asyncio.to_thread(vault.unlock_aside, one.place, password)
            laid_aside.remove(vault, self.store, one, key)
        finally:
            self.working, self.removing = False, ""
        self.repaint()
        self.say(Told("封存的记录已清除"), "good")
