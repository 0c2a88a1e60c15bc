"""The check list: widgets and events. Keys 1, 2, 3 answer; left and right turn the page."""

import logging
from datetime import date
from typing import Any

from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.settle_item import settle_item
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.picture import picture
from field_app.look.pressable import BigButton, Line
from field_app.screens.checklist.evidence import counted, on_its_way, unproven
from field_app.screens.checklist.naming import ANSWERS
from field_app.screens.checklist.view import (
    Item,
    Sheet,
    item,
    moved,
    neighbour,
    onward,
    sheet,
)
from field_app.screens.checklist.wording import WordingPage
from field_app.screens.days import day_text, from_today
from field_app.screens.page import layout
from field_app.screens.told import Told
from lawbook.inspection import Answer, Outcome
from lawbook.media import PICTURE, family

layout(__file__)

KEYS = {str(number): answer for number, (answer, _, _) in enumerate(ANSWERS, start=1)}
MOST_SHOWN = 4
"""Pictures beside an item; all of them are seen above the page."""
GONE = Told("本机没有这次检查", next_step="返回“今日”重新选择")


class ChecklistScreen(WordingPage):
    """One item at hand; beside it, where there is room, the list of all."""

    progress = StringProperty("")
    part = NumericProperty(0)
    listing = BooleanProperty(False)
    """Whether the list of all items is called up where there is no room beside."""
    place = StringProperty("")
    text = StringProperty("")
    basis = StringProperty("")
    hint = StringProperty("")
    criterion = StringProperty("")
    beyond = BooleanProperty(False)
    """Whether a problem is at hand that no list asks about."""
    own = BooleanProperty(False)
    """Whether the officer says himself what it breaks."""
    about = StringProperty("")
    """The item of which another problem can be recorded."""
    way = StringProperty("")
    list_told = StringProperty("")
    """The list's name, and that nobody has confirmed what stands in it."""
    """How much of an ended visit's evidence the office has."""
    answer = StringProperty("")
    unmet = BooleanProperty(False)
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
        self._seen = ""
        self._sheet: Sheet | None = None
        self._warned = False

    def open(self, **given: str) -> None:
        """The visit, at the first item without an answer."""
        self.code, self._seen, self.listing, self._warned = "", "", False, False
        self.in_stead = False
        super().open(**given)
        self.tell_outdated()

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
        self.list_told = f"{shown.checklist}　{shown.unconfirmed}".rstrip("　")
        self.led = bool(shown.led_by) and not shown.ended
        self.way = on_its_way(self.store, self.inspection_id) if shown.ended else ""
        self.paint_correction()
        codes = [row.code for row in shown.rows]
        if self.code not in codes:
            # At first, and when what was at hand is asked no more or was taken back.
            wanted = shown.next_open or self.item_of_evidence()
            self.code = wanted if wanted in codes else codes[0]
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
            line.title = row.label
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
        self.criterion = shown.criterion
        self.beyond, self.own, self.about = shown.beyond, shown.own, shown.about
        self.answer = shown.answer.value if shown.answer else ""
        self.ids.remark.text = shown.remark
        self.unmet = shown.finding is not None
        if shown.finding:
            self.ids.description.text = shown.finding.description
            self.ids.breaks.text = shown.finding.basis if shown.own else ""
            self.ids.judged_by.text = shown.finding.criterion if shown.own else ""
            self._take_day(shown.finding.correct_by)
            self.major = shown.finding.major
        self.follow_item(shown)
        self.photo_text = counted(shown.photos)
        self.ids.photos.clear_widgets()
        pictures = [one.path for one in shown.photos if family(one.media_type) == PICTURE]
        for path in pictures[-MOST_SHOWN:]:
            self._add_photo(path)
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
                button = BigButton(text="选定这个", disabled=self.fixed)
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
        if self.fixed or self._item is None or self._sheet is None or self.beyond:
            return
        answer = Answer(value)
        if not self.say_of(self._item, answer):
            return
        self.ids.banner.close()
        if answer is not Answer.NOT_MET:
            self.code = onward(self._sheet, self.code)
        self.repaint()

    def move_day(self, days: int) -> None:
        """The day by which to correct, some days on or back."""
        if self._correct_by and not self.fixed:
            self._take_day(moved(self._correct_by, days))
            self.keep()

    def switch_major(self) -> None:
        """重大事故隐患, or not."""
        if not self.fixed:
            self.major = not self.major
            self.keep()

    def leave(self) -> None:
        """Keep what was being written and recorded."""
        self.keep()
        super().leave()

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
        """1, 2, 3 answer the item at hand; n and p turn; c takes a photo, f finds an article."""
        if self.above:
            if key == "escape":
                self.above.dismiss(animation=False)
        elif key in KEYS:
            self.say_answer(KEYS[key].value)
        elif key in "np":
            self.turn(1 if key == "n" else -1)
        elif key == "c":
            (self.take_photo if self.can_shoot else self.choose_photo)()
        elif key == "f":
            self.look_up()
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
        if self.correcting:
            self.correct()
            return
        if self.ended:
            self.app.instead("document", about=self.inspection_id)
            return
        self.end_recording()
        if (self.in_stead or not self.led) and self._warn():
            return
        outcome = self.commit(
            lambda: finish_inspection(
                self.store, self.inspection_id, in_stead=self.in_stead, location=self.app.location
            )
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

    def _warn(self) -> bool:
        """Once, before a visit ends without a picture of a major hazard (docs/decisions/0010)."""
        lacking = unproven(self.store, self.inspection_id)
        if self._warned or not lacking or not self.complete:
            return False
        self._warned, self.code = True, lacking[0]
        self.repaint()
        self.say(
            Told(
                f"{'、'.join(self.called(one) for one in lacking)} 记为重大事故隐患，还没有照片或录像",
                "没有照片或录像的，本次检查不计入计划完成次数。",
                next_step="拍照取证；确实不能拍的，再按一次“结束检查”",
            ),
            "warn",
        )
        return True

    def _to_open_item(self) -> None:
        """Where the answer is missing, so that it can be given; the banner stays."""
        wanted = self._sheet and ((*self._sheet.differing, self._sheet.next_open)[0])
        if wanted:
            self.code = wanted
            self.repaint()
