"""The outbox: widgets and events."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty

from field_app.errands import said_of_delivery
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.moments import kept, now
from field_app.screens.outbox.view import File, Line, view
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


class FileCard(Card):
    """One file, and how far it is."""

    again = BooleanProperty(False)


class OutboxScreen(Page):
    """Letters and files."""

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
        if shown.files:
            files.add_widget(Heading(text="文件"))
        for file in shown.files:
            files.add_widget(self._file(file))

    def _letter(self, line: Line) -> LetterCard:
        card = LetterCard(
            title=line.title,
            detail=line.detail,
            state=line.state,
            state_tone=line.tone,
            again=line.again,
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
        self.act(lambda: self.store.outbox.send_again(card.letter_id, kept(now())))
        self.repaint()

    def upload_again(self, card: FileCard) -> None:
        """Try a refused file once more."""
        self.act(lambda: self.store.outbox.upload_again(card.sha256))
        self.repaint()
