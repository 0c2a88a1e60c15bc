"""The inspection scheme drafted at the plant: widgets and events."""

from collections.abc import Mapping
from typing import Any

from kivy.metrics import dp
from kivy.properties import BooleanProperty, StringProperty

from field_app import printer
from field_app.actions.draft_scheme import (
    draft_for_visit,
    give_up_scheme,
    scheme_pdf,
    send_scheme,
    write_scheme,
)
from field_app.look.panels import Card, Field, Heading, Quiet, Words
from field_app.look.pressable import BigButton
from field_app.screens.document.pieces import drawn
from field_app.screens.elsewhere import WritingPage
from field_app.screens.page import layout, nothing, pairs
from field_app.screens.refused import refusal_card
from field_app.screens.scheme.view import Scheme, view
from field_app.screens.told import Told
from field_app.shelves.drafts import Value
from field_app.writing import FORM

layout(__file__)


class SchemeScreen(WritingPage):
    """One scheme: written, sent for approval, followed, printed."""

    action = StringProperty("")
    action_tone = StringProperty("main")
    prints = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._shown: Scheme | None = None
        self._contents: Field | None = None
        self._method: Field | None = None

    def open(self, **given: str) -> None:
        """A scheme drafted here, or that of a visit (`inspection_id`), drafted when there is none."""
        self._shown = None
        super().open(**given)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        left, right = self.ids.left, self.ids.right
        left.clear_widgets()
        right.clear_widgets()
        self._contents = self._method = None
        self.title, self.action, self.prints = "现场检查方案", "", False
        if "scheme_id" not in self.given:
            own = draft_for_visit(self.store, self.given.get("inspection_id", ""))
            self.given = {"scheme_id": own}
        shown = self._shown = view(self.store, self.given["scheme_id"])
        if shown is None:
            nothing(left, "本机没有这份方案", "返回“今日”重新选择。")
            return
        if shown.refusal:
            left.add_widget(refusal_card(shown.refusal, "服务器退回了报批"))
        card = Card(tone=shown.tone)
        card.add_widget(Heading(text=shown.tag, tone=shown.tone))
        card.add_widget(Words(text=shown.told))
        if shown.number:
            card.add_widget(Words(text=f"文号：{shown.number}"))
        pairs(card, shown.opinions)
        left.add_widget(card)
        if shown.note:
            left.add_widget(Quiet(text=shown.note))
        if shown.writes:
            self._paint_writing(left, shown)
        sheet = Card(padding=(dp(28), dp(24)))
        for said in shown.said:
            sheet.add_widget(drawn(said))
        right.add_widget(sheet)
        self.prints = True
        if shown.writes:
            self.action = "报批"
        if shown.given_up:
            button = BigButton(text="不报了，删去草稿")
            button.bind(on_release=lambda _: self.give_up())
            left.add_widget(button)

    def _paint_writing(self, column: Any, shown: Scheme) -> None:  # noqa: ANN401 - a column
        card = Card()
        self._contents = Field(label="检查内容（每行一项）", multiline=True, text=shown.contents)
        self._method = Field(label="检查方式", text=shown.method)
        card.add_widget(self._contents)
        button = BigButton(text="字多时：用浏览器书写")
        contents = self._contents
        button.bind(
            on_release=lambda _: self.write_elsewhere(
                contents, "检查内容", "contents", longest=FORM
            )
        )
        card.add_widget(button)
        card.add_widget(self._method)
        column.add_widget(card)
        boxes = {"contents": self._contents, "method": self._method}

        def resume(found: Mapping[str, Value]) -> None:
            for name, text in found.items():
                boxes[name].text = str(text)

        self.keep_writing(
            shown.scheme_id, lambda: {name: str(box.text) for name, box in boxes.items()}, resume
        )

    def keep(self) -> bool | None:
        """What stands in the fields; None when it cannot be kept, which is told."""
        shown, contents, method = self._shown, self._contents, self._method
        if shown is None or contents is None or method is None:
            return True
        said = (contents.text, method.text)
        if said == (shown.contents, shown.method):
            return True

        def write() -> bool:
            write_scheme(self.store, shown.scheme_id, said[0].split("\n"), said[1])
            return True

        return self.commit(write)

    def leave(self) -> None:
        """Keep what was being written."""
        self.keep()
        super().leave()

    def press(self) -> None:
        """报批."""
        shown = self._shown
        if shown is None or not self.keep():
            return
        if self.act(lambda: send_scheme(self.store, shown.scheme_id)) is None:
            self.to_top()
            return
        self.repaint()
        self.to_top()
        self.say(
            Told("方案已报批", next_step="有信号时自动送达；审核、批准后在这里显示文号"), "good"
        )

    def print_out(self) -> None:
        """打开或打印 PDF, as the form reads now."""
        shown = self._shown
        if shown is None or not self.keep():
            return
        files = self.store.files

        def hand_over() -> None:
            path = scheme_pdf(self.store, shown.scheme_id)
            printer.hand_over(files.lend(path, f"现场检查方案{shown.number}"))

        self.act(hand_over)

    def give_up(self) -> None:
        """不报了: the draft goes; nobody was asked about it."""
        shown = self._shown
        if shown is None:
            return

        def drop() -> bool:
            give_up_scheme(self.store, shown.scheme_id)
            return True

        if self.commit(drop):
            self.draft = None
            self._contents = self._method = None
            self.app.back()
            self.app.page.say(Told("草稿已删去"), "good")
