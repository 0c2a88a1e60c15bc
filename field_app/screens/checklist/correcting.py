"""A visit whose record, or a piece of whose evidence, the office refused: corrected on its check list."""

from collections.abc import Mapping
from typing import Any

from kivy.properties import BooleanProperty, StringProperty

from field_app.actions.correct_letter import RECORD, correct_evidence, correct_record
from field_app.actions.keep_evidence import EVIDENCE
from field_app.look.panels import Field
from field_app.look.pressable import BigButton
from field_app.screens.checklist.recording import RecordingPage
from field_app.screens.refused import refusal_card
from field_app.screens.told import Told
from field_app.shelves.outbox import Letter

SAID = Told(
    "已写成更正的信件", "被退回的信件保留在发件箱，显示为“已更正”。", next_step="有信号时自动报送"
)
RECORD_ASIDE = (
    "检查结果、问题描述、整改期限和备注可在下面各项中改；改好后按最下面的“重新报送”。"
    "已签名出具的文书不会改变，内容有出入的，另行制作更正通知书。"
)


class CorrectingPage(RecordingPage):
    """What the check list does when the office sent something of it back."""

    correcting = BooleanProperty(False)
    """Whether the record of the visit was refused: its answers may be put right."""
    evidence = StringProperty("")
    """The refused letter of a piece of evidence that is to be corrected."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._fields: dict[str, Field] = {}
        self._about_letter = ""

    def paint_correction(self) -> None:
        """The card of what was refused."""
        record = self.store.outbox.refused_of(RECORD, self.inspection_id) if self.ended else None
        letter = self.store.outbox.one(self.given.get("letter", "")) or record
        if letter is not None and letter.state != "refused":
            letter = record
        self.correcting = letter is not None and letter.kind == RECORD
        self.evidence = letter.id if letter is not None and letter.kind == EVIDENCE else ""
        self.fixed = self.ended and not self.correcting
        self._about_letter, self._fields = letter.id if letter else "", {}
        self.ids.correction.clear_widgets()
        if letter is not None:
            card = self._of_record(letter) if self.correcting else self._of_evidence(letter)
            self.ids.correction.add_widget(card)

    def item_of_evidence(self) -> str:
        """The check item of the evidence that was refused, or ""."""
        letter = self.store.outbox.one(self.given.get("letter", ""))
        if letter is None or letter.kind != EVIDENCE:
            return ""
        photo = self.store.inspections.photo(self.inspection_id, str(letter.body["sha256"]))
        return (photo.check_item or "") if photo else ""

    def _of_record(self, letter: Letter) -> Any:  # noqa: ANN401 - a Card
        card = refusal_card(letter, "服务器退回了这次检查的记录", RECORD_ASIDE)
        inspection = self.store.inspections.one(self.inspection_id)
        assert inspection is not None
        present = inspection.present
        self._fields = {
            "place": Field(label="检查场所", text=inspection.place),
            "name": Field(label="现场负责人", text=present["name"]),
            "duty": Field(label="职务", text=present["duty"]),
            "phone": Field(label="电话", text=present["phone"], input_type="tel"),
        }
        for field in self._fields.values():
            card.add_widget(field)
        return card

    def _of_evidence(self, letter: Letter) -> Any:  # noqa: ANN401 - a Card
        card = refusal_card(letter, "服务器退回了这件证据", "原件不变，只更正说明和所属问题。")
        self._fields = {"caption": Field(label="证据说明", text=str(letter.body["caption"]))}
        card.add_widget(self._fields["caption"])
        button = BigButton(text="更正后重新报送", tone="main")
        button.bind(on_release=lambda _: self.correct())
        card.add_widget(button)
        return card

    def follow_boxes(self, boxes: Mapping[str, Any]) -> None:
        """What is corrected too."""
        of_letter = {f"{self._about_letter}/{name}": one for name, one in self._fields.items()}
        super().follow_boxes({**boxes, **of_letter})

    def correct(self) -> None:
        """更正后重新报送."""
        self.keep()
        if self.commit(self._correct, f"{self._about_letter}/") is None:
            self.to_top()
            return
        self.given.pop("letter", None)
        self.ids.banner.close()
        self.repaint()
        self.to_top()
        self.say(SAID, "good")

    def _correct(self) -> str | None:
        texts = {name: str(field.text).strip() for name, field in self._fields.items()}
        if self.evidence:
            return correct_evidence(self.store, self.evidence, texts["caption"])
        return correct_record(
            self.store, self._about_letter, place=texts["place"],
            present={"name": texts["name"], "duty": texts["duty"], "phone": texts["phone"]},
        )  # fmt: skip
