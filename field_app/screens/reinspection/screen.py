"""A re-inspection: widgets and events."""

from collections.abc import Mapping
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from field_app import camera
from field_app.actions.correct_letter import correct_reinspection
from field_app.actions.photograph_hazard import photograph_hazard
from field_app.actions.reinspect import begin_reinspection, finish_reinspection, record_result
from field_app.look.panels import Card, Heading, Quiet
from field_app.screens.choices import Choices
from field_app.screens.elsewhere import WritingPage
from field_app.screens.page import Taking, layout, nothing
from field_app.screens.refused import refusal_card
from field_app.screens.reinspection.view import HazardLine, Reinspection, view
from field_app.screens.told import Told
from field_app.shelves.drafts import Value
from field_app.writing import CAPTION

layout(__file__)

OFFICERS = "officers"
"""The name in the draft of who is to go along."""
ASIDE = "复查结果和说明可在下面各项中改；已签名出具的复查意见书不会改变。"


class HazardCard(Card):
    """One hazard: corrected or not, and a remark."""

    description = StringProperty("")
    due = StringProperty("")
    overdue = BooleanProperty(False)
    waits = BooleanProperty(False)
    """Whether it may be left for another day."""
    outcome = StringProperty("")
    can_answer = BooleanProperty(True)
    can_shoot = BooleanProperty(False)
    """Whether photos can be added: while it is looked at again."""
    photos = StringProperty("")
    choose = ObjectProperty(None)
    """What to do with an outcome that was pressed."""


class ReinspectionScreen(WritingPage):
    """Who goes, then hazard by hazard."""

    progress = StringProperty("")
    action = StringProperty("")
    action_tone = StringProperty("main")
    camera = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._shown: Reinspection | None = None
        self._officers: Choices | None = None

    def paint(self) -> None:
        """Fill the widgets from the view."""
        shown = self._shown = view(self.store, self.given.get("inspection_id", ""), self.today)
        self.camera = camera.has_camera()
        column = self.ids.column
        column.clear_widgets()
        self.title, self.action, self.progress, self._officers = shown.name, "", "", None
        if shown.letter:
            column.add_widget(refusal_card(shown.letter, "服务器退回了这次复查的结果", ASIDE))
            self.action, self.action_tone = "更正后重新报送", "main"
        elif not shown.hazards:
            nothing(column, "没有待复查的隐患", "隐患已全部销号；信息有出入时，请回到“今日”更新。")
            if shown.ended_id:
                self.action, self.action_tone = "查看复查文书", "main"
            return
        elif not shown.open_id:
            self._paint_beginning(shown)
        else:
            self.progress = shown.progress
            complete = shown.answered == len(shown.hazards)
            self.action, self.action_tone = "结束复查", "main" if complete else "plain"
        for hazard in shown.hazards:
            column.add_widget(self._card(hazard, can_answer=bool(shown.open_id or shown.letter)))
        self._follow_cards(f"{shown.letter.id}/" if shown.letter else "")

    @property
    def _cards(self) -> list[HazardCard]:
        return [one for one in self.ids.column.children if isinstance(one, HazardCard)]

    def _follow_cards(self, part: str) -> None:
        """What is written is kept as it is typed; of a refused letter what is chosen too."""
        cards = {f"{part}{one.hazard.hazard_id}/": one for one in self._cards}
        officers = self._officers

        def read() -> dict[str, Value]:
            said: dict[str, Value] = {
                f"{name}remark": str(one.ids.remark.text) for name, one in cards.items()
            }
            if part:
                said |= {f"{name}outcome": str(one.outcome) for name, one in cards.items()}
            return said | ({OFFICERS: officers.chosen} if officers else {})

        def resume(found: Mapping[str, Value]) -> None:
            for name, card in cards.items():
                card.ids.remark.text = str(found.get(f"{name}remark", card.ids.remark.text))
                card.outcome = str(found.get(f"{name}outcome", card.outcome))
            if officers and OFFICERS in found:
                officers.choose(found[OFFICERS])

        self.keep_writing(self.given.get("inspection_id", ""), read, resume)

    def _paint_beginning(self, shown: Reinspection) -> None:
        card = Card()
        card.add_widget(Heading(text="开始复查"))
        self._officers = Choices(label="同行执法人员（至少一人）", several=True)
        self._officers.offer(shown.officers)
        card.add_widget(self._officers)
        if not shown.officers:
            card.add_widget(
                Quiet(text="本机没有同单位的其他执法人员，请在有信号处更新。", tone="warn")
            )
        self.ids.column.add_widget(card)
        self.action, self.action_tone = "开始复查", "main"

    def _card(self, hazard: HazardLine, *, can_answer: bool) -> HazardCard:
        card = HazardCard(
            description=hazard.description,
            due=hazard.due,
            overdue=hazard.overdue,
            waits=hazard.waits,
            outcome=hazard.outcome,
            can_answer=can_answer,
            can_shoot=bool(self._shown and self._shown.open_id),
            photos=hazard.photos,
        )
        card.ids.remark.text = hazard.remark
        card.hazard = hazard
        card.choose = lambda outcome: self.record(card, outcome)
        return card

    def record(self, card: HazardCard, outcome: str) -> None:
        """What was found of one hazard; kept at once."""
        shown = self._shown
        if shown is not None and shown.letter and outcome:
            # Kept with the new letter: until then the refused one says what was found.
            card.outcome = outcome
            return
        if shown is None or not shown.open_id or not outcome:
            return
        hazard: HazardLine = card.hazard
        remark = card.ids.remark.text.strip()
        if (outcome, remark) == (hazard.outcome, hazard.remark):
            return

        def keep() -> bool:
            record_result(self.store, shown.open_id, hazard.hazard_id, outcome, remark)
            return True

        if self.commit(keep, f"{hazard.hazard_id}/"):
            self._note(card)

    def _note(self, card: HazardCard) -> None:
        """Show what is now kept without rebuilding the cards: somebody may be writing in one."""
        shown = self._shown = view(self.store, self.given["inspection_id"], self.today)
        card.hazard = next(one for one in shown.hazards if one.hazard_id == card.hazard.hazard_id)
        card.outcome, card.photos = card.hazard.outcome, card.hazard.photos
        self.progress = shown.progress
        self.action_tone = "main" if shown.answered == len(shown.hazards) else "plain"

    def photograph(self, card: HazardCard) -> None:
        """拍照取证: what was done about this hazard."""
        scratch = self.store.files.scratch
        self._photo(card, lambda taken: camera.take_picture(scratch, taken), "整改后")

    def choose_photo(self, card: HazardCard) -> None:
        """选择照片: one that another camera took; nobody knows where."""
        self._photo(card, camera.choose_picture, "整改后（选自本机文件）", placed=False)

    def write_remark(self, card: HazardCard) -> None:
        """用浏览器书写说明."""

        def take(text: str) -> None:
            card.ids.remark.text = text
            self.record(card, card.outcome)

        name = f"{card.hazard.hazard_id}/remark"
        self.write_elsewhere(card.ids.remark, "复查说明", name, take)

    def _photo(
        self,
        card: HazardCard,
        take: Taking,
        caption: str,
        *,
        placed: bool = True,
    ) -> None:
        shown, hazard = self._shown, card.hazard
        if shown is None or not shown.open_id:
            return
        self.record(card, card.outcome)

        def keep(data: bytes) -> None:
            photograph_hazard(
                self.store, shown.open_id, hazard.hazard_id, data,
                camera.media_type(data) or "application/octet-stream",
                caption=f"{caption}：{hazard.description}"[:CAPTION],
                location=self.app.location if placed else None,
            )  # fmt: skip
            self._note(card)

        self.with_picture(take, keep)

    def leave(self) -> None:
        """Keep the remarks that are still being written."""
        for card in self._cards:
            self.record(card, card.outcome)
        super().leave()

    def press(self) -> None:
        """The next step: begin, finish, or on to the document."""
        shown = self._shown
        if shown is None:
            return
        if shown.letter:
            self._correct(shown)
        elif not shown.hazards:
            self.app.go("document", about=shown.ended_id)
        elif not shown.open_id:
            officers = [shown.me, *(self._officers.chosen if self._officers else [])]
            inspection_id = self.given["inspection_id"]
            if self.commit(
                lambda: begin_reinspection(self.store, inspection_id, officers), OFFICERS
            ):
                self.ids.banner.close()
                self.repaint()
        else:
            self.leave()
            ended = self.commit(
                lambda: finish_reinspection(self.store, shown.open_id, self.app.location)
            )
            if ended is not None:
                self.app.instead("document", about=ended.id)
                self.app.page.say(
                    Told(
                        "复查已结束",
                        "复查结果已写成信件，有信号时自动报送。",
                        next_step="制作并签署整改复查意见书",
                    ),
                    "good",
                )

    def _correct(self, shown: Reinspection) -> None:
        said = {
            one.hazard.hazard_id: (one.outcome, str(one.ids.remark.text).strip())
            for one in self._cards
        }
        letter = shown.letter
        assert letter is not None
        if self.commit(lambda: correct_reinspection(self.store, letter.id, said), f"{letter.id}/"):
            self.repaint()
            self.to_top()
            self.say(
                Told(
                    "已写成更正的信件", "被退回的信件保留在发件箱，显示为“已更正”。",
                    next_step="有信号时自动报送",
                ),
                "good",
            )  # fmt: skip
