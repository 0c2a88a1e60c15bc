"""The outbox: widgets and events."""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from field_app import exchange
from field_app.actions import correct_letter
from field_app.delivery import VIDEO_UNMETERED
from field_app.errands import said_of_delivery
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.pressable import Line
from field_app.screens.outbox.view import ByHand, File, LetterLine, view
from field_app.screens.page import Page, layout, nothing
from field_app.screens.told import Told

layout(__file__)

LOOK_AGAIN = 0.5
"""Seconds between two looks while letters are on their way."""


class LetterCard(Card):
    """One letter, and what is known of it."""

    title = StringProperty("")
    detail = StringProperty("")
    state = StringProperty("")
    state_tone = StringProperty("quiet")
    again = BooleanProperty(False)
    opens = ObjectProperty(None, allownone=True)
    """Where it can be corrected: a screen, and what it is opened with."""


class FileCard(Card):
    """One file, and how far it is."""

    again = BooleanProperty(False)


class HandCard(Card):
    """What passes by hand: the folder, and what can be done."""

    folder = StringProperty("")
    replies = BooleanProperty(False)


class OutboxScreen(Page):
    """Letters and files."""

    badge = StringProperty("")
    badge_tone = StringProperty("warn")

    summary = StringProperty("")
    custody = StringProperty("")
    custody_tone = StringProperty("plain")
    busy = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._looking = Clock.schedule_interval(lambda _: self.repaint(), LOOK_AGAIN)
        self._looking.cancel()

    def paint(self) -> None:
        """Fill the widgets from the view."""
        shown = view(self.store)
        self.summary = shown.summary
        self.custody, self.custody_tone = shown.custody, shown.custody_tone
        letters, files = self.ids.letters, self.ids.files
        letters.clear_widgets()
        files.clear_widgets()
        if shown.empty:
            nothing(letters, "发件箱是空的", shown.empty.partition("。")[2])
        for line in shown.lines:
            letters.add_widget(self._letter(line))
        if shown.more:
            letters.add_widget(Quiet(text=shown.more))
        if shown.files or shown.video_waits is not None:
            files.add_widget(Heading(text="文件"))
        if shown.video_waits is not None:
            files.add_widget(self._film(waits=shown.video_waits))
        for file in shown.files:
            files.add_widget(self._file(file))
        self.badge, self.badge_tone = shown.badge, shown.badge_tone
        self._by_hand(shown.by_hand)

    def _by_hand(self, told: ByHand) -> None:
        files = self.ids.files
        files.add_widget(Heading(text="离线传递"))
        card = HandCard(folder=told.folder, replies=told.replies > 0)
        for text in told.carried:
            card.ids.carried.add_widget(Words(text=text, tone="warn"))
        files.add_widget(card)
        for found in told.found:
            line = Line(title=found.path.name, detail=found.what, tag="导入", tag_tone="main")
            line.bind(on_release=lambda _, path=found.path: self.by_hand(exchange.take_in, path))
            files.add_widget(line)

    def by_hand(self, work: Callable[..., str], *given: object) -> None:
        """Export or take in, and say what came of it."""
        said = self.act(lambda: work(self.store, *given))
        self.repaint()
        if said:
            self.say(Told(said), "good")

    def hand_out(self) -> None:
        """导出未上报数据."""
        self.by_hand(exchange.hand_out)

    def hand_back(self) -> None:
        """导出回执."""
        self.by_hand(exchange.hand_back)

    def choose(self, text: str) -> None:
        """Another folder was written."""
        if text != str(exchange.folder(self.store)):
            exchange.choose(self.store, text)
            self.repaint()

    def _film(self, *, waits: bool) -> Line:
        line = Line(
            title="录像等无线网络再送", detail="按流量收费的网络下不送录像，其他照送",
            tag="已开启" if waits else "未开启", tag_tone="good" if waits else "quiet",
        )  # fmt: skip
        line.bind(on_release=lambda _: self.film_waits(waits=not waits))
        return line

    def film_waits(self, *, waits: bool) -> None:
        """Whether film waits for a network that is not paid by the byte."""
        self.store.set(VIDEO_UNMETERED, waits)
        self.repaint()

    def _letter(self, line: LetterLine) -> LetterCard:
        card = LetterCard(
            title=line.title,
            detail=line.detail,
            state=line.state,
            state_tone=line.tone,
            again=line.again,
            opens=line.opens,
        )
        for text in line.told:
            card.ids.told.add_widget(Words(text=text, tone=line.tone if line.again else "plain"))
        card.letter_id = line.letter_id
        return card

    def _file(self, file: File) -> FileCard:
        card = FileCard()
        card.ids.title.text, card.ids.detail.text = file.title, file.detail
        card.ids.progress.part, card.ids.progress.tone = file.part, file.tone
        card.again, card.sha256 = file.again, file.sha256
        return card

    def send(self) -> None:
        """发送."""
        if not self.busy and not self.app.errands.busy:
            self.busy = True
            self._looking()
            self.spawn(self._send())

    async def _send(self) -> None:
        try:
            done = await self.app.errands.deliver()
        finally:
            self.busy = False
            self._looking.cancel()
        self.repaint()
        if done.sign_in_needed:
            self.app.home()
        elif done.stopped:
            self.say(
                Told("没有全部送出", done.stopped, next_step="未送达的都在本机，有信号时自动再送"),
                "warn",
            )
        else:
            self.say(Told(said_of_delivery(done)), "bad" if done.refused else "good")

    def send_again(self, card: LetterCard) -> None:
        """重新送出 a refused letter, once what it was refused for has been put right."""
        self.act(lambda: correct_letter.send_again(self.store, card.letter_id))
        self.repaint()

    def correct(self, card: LetterCard) -> None:
        """去更正: the page where it was made, with the reason on it."""
        if card.opens:
            name, given = card.opens
            self.app.go(name, **given)

    def upload_again(self, card: FileCard) -> None:
        """Try a refused file once more."""
        self.act(lambda: self.store.outbox.upload_again(card.sha256))
        self.repaint()
