"""The check list: widgets and events. Keys 1, 2, 3 answer; left and right turn the page."""

import logging
from datetime import date
from typing import Any

from kivy.clock import Clock
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app import camera
from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.settle_item import settle_item
from field_app.actions.take_photo import keep_photo
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.picture import picture
from field_app.look.pressable import BigButton, Line
from field_app.screens.checklist.view import (
    ANSWERS,
    Item,
    Sheet,
    item,
    moved,
    neighbour,
    onward,
    sheet,
)
from field_app.screens.days import day_text, from_today
from field_app.screens.page import Page, layout
from field_app.screens.told import Told
from lawbook.inspection import Answer, Outcome

layout(__file__)

KEYS = {str(number): answer for number, (answer, _, _) in enumerate(ANSWERS, start=1)}
GONE = Told("本机没有这次检查", next_step="返回“今日”重新选择")


class ChecklistScreen(Page):
    """One item at hand; beside it, where there is room, the list of all."""

    progress = StringProperty("")
    part = NumericProperty(0)
    listing = BooleanProperty(False)
    """Whether the list of all items is called up where there is no room beside."""
    ended = BooleanProperty(False)
    place = StringProperty("")
    text = StringProperty("")
    basis = StringProperty("")
    hint = StringProperty("")
    answer = StringProperty("")
    unmet = BooleanProperty(False)
    major = BooleanProperty(False)
    correct_by_text = StringProperty("")
    photo_text = StringProperty("")
    complete = BooleanProperty(False)
    by = StringProperty("")
    differing = BooleanProperty(False)
    led = BooleanProperty(False)
    """Whether a colleague leads the visit."""
    in_stead = BooleanProperty(False)
    """Whether ending it here has been asked for once (代为结束)."""
    wide = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self.code = self._seen = ""
        self._sheet: Sheet | None = None
        self._item: Item | None = None
        self._correct_by: date | None = None

    def open(self, **given: str) -> None:
        """The visit, at the first item without an answer."""
        self.code, self._seen, self.listing = "", "", False
        self.in_stead = False
        super().open(**given)

    @property
    def inspection_id(self) -> str:
        """The visit at hand."""
        return self.given.get("inspection_id", "")

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self._item = None
        shown = self._sheet = sheet(self.store, self.inspection_id)
        if shown is None:
            self.title = "检查表"
            self.say(GONE)
            return
        self.title, self.progress, self.part = shown.name, shown.progress, shown.part
        self.ended, self.complete = shown.ended, not (shown.next_open or shown.differing)
        self.led = bool(shown.led_by) and not shown.ended
        self.code = self.code or shown.next_open or shown.rows[0].code
        self._paint_rows(shown)
        self._paint_item()

    def _paint_rows(self, shown: Sheet) -> None:
        rows = self.ids.rows
        if len(rows.children) != len(shown.rows):
            rows.clear_widgets()
            for row in shown.rows:
                line = Line()
                line.bind(on_release=lambda _, code=row.code: self.turn_to(code))
                rows.add_widget(line)
        for line, row in zip(reversed(rows.children), shown.rows, strict=True):
            line.code = row.code
            line.title = row.code
            line.detail = row.text if len(row.text) <= 22 else row.text[:21] + "…"
            line.note = row.by
            line.tag, line.tag_tone = row.word, row.tone
            line.chosen = row.code == self.code

    def _paint_item(self) -> None:
        shown = self._item = item(self.store, self.inspection_id, self.code, self.today)
        self.place, self.text, self.basis, self.hint = (
            shown.place,
            shown.text,
            shown.basis,
            shown.hint,
        )
        self.by = f"{shown.by} 填写" if shown.by else ""
        self._paint_differences(shown)
        self.answer = shown.answer.value if shown.answer else ""
        self.ids.remark.text = shown.remark
        self.unmet = shown.finding is not None
        if shown.finding:
            self.ids.description.text = shown.finding.description
            self._take_day(shown.finding.correct_by)
            self.major = shown.finding.major
        count = len(shown.photos)
        self.photo_text = f"照片 {count} 张" if count else "还没有照片"
        self.ids.photos.clear_widgets()
        for photo in shown.photos[-4:]:
            self._add_photo(photo.path)
        if self.code != self._seen:
            self._seen = self.code
            self.to_top()

    def _add_photo(self, path: str) -> None:
        try:
            shown = picture(self.store.files.read(path), path, size_hint_x=None, width=dp(88))
        except Exception as error:
            # A photo that cannot be shown keeps nobody from answering.
            logging.getLogger("field_app").warning("photo not shown: %s", type(error).__name__)
            shown = Quiet(text="照片无法显示", size_hint_x=None, width=dp(88))
        self.ids.photos.add_widget(shown)

    def _paint_differences(self, shown: Item) -> None:
        """Both words side by side, and one to be chosen (选定)."""
        card = self.ids.differences
        card.clear_widgets()
        self.differing = bool(shown.differences)
        for one in shown.differences:
            card.add_widget(Heading(text=f"{one.label}填写不一致", tone="bad"))
            both = BoxLayout(spacing=dp(12), size_hint_y=None)
            both.bind(minimum_height=both.setter("height"))
            for choice in one.choices:
                side = Card(spacing=dp(8))
                side.add_widget(Quiet(text=choice.by))
                side.add_widget(Words(text=choice.text))
                button = BigButton(text="选定这个", disabled=self.ended)
                button.bind(
                    on_release=lambda _, field=one.field, patch=choice.patch: self.settle(
                        field, patch
                    )
                )
                side.add_widget(button)
                both.add_widget(side)
            card.add_widget(both)

    def settle(self, field: str, patch: str) -> None:
        """选定: this word stands; the other is kept beside it."""
        self.act(lambda: settle_item(self.store, self.inspection_id, self.code, field, patch))
        self.ids.banner.close()
        self.repaint()

    def _take_day(self, day: date) -> None:
        self._correct_by = day
        self.correct_by_text = f"{day_text(day)}（{from_today(day, self.today)}）"

    def say_answer(self, value: str) -> None:
        """An answer was pressed: kept at once; an unmet item stays in sight to be described."""
        if self.ended or self._item is None or self._sheet is None:
            return
        answer = Answer(value)
        remark = self.ids.remark.text.strip()
        if self.act(lambda: answer_item(
            self.store, self.inspection_id, self.code, answer, remark=remark,
        )) is None:  # fmt: skip
            return
        self.ids.banner.close()
        if answer is not Answer.NOT_MET:
            self.code = onward(self._sheet, self.code)
        self.repaint()

    def keep(self) -> None:
        """What was written about the item at hand is kept, if it has changed."""
        shown = self._item
        if shown is None or shown.answer is None or self.ended:
            return
        remark = self.ids.remark.text.strip()
        if shown.finding is None:
            if remark != shown.remark:
                self._keep(shown, remark=remark)
            return
        description = self.ids.description.text.strip() or shown.finding.description
        now = (remark, description, self._correct_by, self.major)
        before = (
            shown.remark, shown.finding.description, shown.finding.correct_by, shown.finding.major,
        )  # fmt: skip
        if now != before:
            self._keep(
                shown,
                remark=remark,
                description=description,
                correct_by=self._correct_by,
                major=self.major,
            )

    def _keep(self, shown: Item, **said: Any) -> None:  # noqa: ANN401 - answer_item's own
        answer = shown.answer
        assert answer is not None
        self.act(lambda: answer_item(self.store, self.inspection_id, shown.code, answer, **said))
        self._item = self.act(lambda: item(self.store, self.inspection_id, shown.code, self.today))

    def move_day(self, days: int) -> None:
        """The day by which to correct, some days on or back."""
        if self._correct_by and not self.ended:
            self._take_day(moved(self._correct_by, days))
            self.keep()

    def switch_major(self) -> None:
        """重大事故隐患, or not."""
        if not self.ended:
            self.major = not self.major
            self.keep()

    def take_photo(self) -> None:
        """拍照取证: the bytes are hashed and on disk before anything else happens."""
        if self.ended or self._item is None:
            return
        self.keep()
        code = self.code

        def taken(data: bytes | None) -> None:
            # The device's app answers from its own thread; the store belongs to this one.
            Clock.schedule_once(lambda _: self.act(lambda: self._keep_photo(code, data)), 0)

        self.act(lambda: camera.take_picture(self.store.files.scratch, taken))

    def _keep_photo(self, code: str, data: bytes | None) -> None:
        if data is None:
            return
        shown = self._sheet
        text = next((row.text for row in shown.rows if row.code == code), code) if shown else code
        keep_photo(
            self.store,
            self.inspection_id,
            data,
            camera.media_type(data) or "application/octet-stream",
            caption=f"{code} {text[:30]}",
            check_item=code,
            location=self.app.location,
        )
        self.repaint()

    def leave(self) -> None:
        """Keep what was being written."""
        self.keep()

    def turn(self, step: int) -> None:
        """The next item, or the one before."""
        if self._sheet:
            self.turn_to(neighbour(self._sheet, self.code, step))

    def turn_to(self, code: str) -> None:
        """An item of the list."""
        self.keep()
        self.code, self.listing = code, False
        self.repaint()

    def on_key(self, key: str) -> bool:
        """1, 2, 3 answer the item at hand; n and p turn; c takes a photo."""
        if key in KEYS:
            self.say_answer(KEYS[key].value)
        elif key in "np":
            self.turn(1 if key == "n" else -1)
        elif key == "c":
            self.take_photo()
        elif key == "escape" and self.listing:
            self.listing = False
        else:
            return False
        return True

    def documents(self) -> None:
        """文书: what can be made while the visit goes on."""
        self.keep()
        self.app.go("document", about=self.inspection_id)

    def finish(self) -> None:
        """结束检查, and on to the documents."""
        self.keep()
        if self.ended:
            self.app.instead("document", about=self.inspection_id)
            return
        outcome = self.act(
            lambda: finish_inspection(self.store, self.inspection_id, in_stead=self.in_stead)
        )
        # What a colleague leads is ended here only when that is asked for once more.
        self.in_stead = self.led
        if outcome is None:
            self._to_open_item()
            return
        found = outcome is Outcome.PROBLEM_FOUND
        self.app.instead("document", about=self.inspection_id)
        self.app.page.say(
            Told(
                "检查已结束，发现问题" if found else "检查已结束，未发现问题",
                "检查情况已写成信件，有信号时自动报送。",
                next_step="制作并签署下列文书",
            ),
            "good",
        )

    def _to_open_item(self) -> None:
        """Where the answer is missing, so that it can be given; the banner stays."""
        wanted = self._sheet and ((*self._sheet.differing, self._sheet.next_open)[0])
        if wanted:
            self.code = wanted
            self.repaint()
