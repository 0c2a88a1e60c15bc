"""The check list's helpers: evidence of every kind, articles looked up, long text elsewhere."""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty
from kivy.uix.modalview import ModalView

from field_app import camera, player, sound
from field_app.actions.keep_evidence import caption_evidence, keep_recording
from field_app.actions.take_photo import keep_photo
from field_app.found import labels
from field_app.screens.checklist.evidence import Piece, piece, stamped_copy
from field_app.screens.checklist.phrases import remarks
from field_app.screens.checklist.pieces import EvidenceView, RemarkView
from field_app.screens.checklist.view import Item
from field_app.screens.elsewhere import WritingPage
from field_app.screens.page import Taking, first_in
from lawbook.media import SOUND, VIDEO


class HelpingPage(WritingPage):
    """What the check list does beside asking."""

    recording = BooleanProperty(False)
    can_shoot = BooleanProperty(False)
    can_film = BooleanProperty(False)
    can_record = BooleanProperty(False)
    ended = BooleanProperty(False)
    fixed = BooleanProperty(False)
    """Whether what was answered can be changed no more."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self.code = ""
        self._item: Item | None = None
        self._heard: sound.Recording | None = None
        self._about = ""
        self._opened: ModalView | None = None

    def open(self, **given: str) -> None:
        """The visit; and what can be captured on this device."""
        self.can_shoot = camera.has_camera()
        self.can_film, self.can_record = camera.can_film(), sound.can_record()
        super().open(**given)

    @property
    def inspection_id(self) -> str:
        """The visit at hand."""
        return self.given.get("inspection_id", "")

    @property
    def above(self) -> ModalView | None:
        """What is open above the page."""
        return self._opened if self._opened is not None and self._opened.parent else None

    def keep(self) -> None:
        """What was written about the item at hand is kept."""
        raise NotImplementedError

    def turn_to(self, code: str) -> None:
        """An item of the list."""
        raise NotImplementedError

    def first_focus(self) -> Any:  # noqa: ANN401 - a widget or None
        """On what is open above the page."""
        return first_in(self.above) if self.above else super().first_focus()

    def caption_of(self, code: str) -> str:
        """What evidence of an item is called until the officer says more."""
        shown = self._item
        if shown is None or shown.code != code:
            return self.called(code)
        text = shown.finding.description if shown.own and shown.finding else shown.text
        return f"{shown.label} {text[:30]}"

    def called(self, code: str) -> str:
        """An item by its code, a problem of its own by its number."""
        inspection = self.store.inspections.one(self.inspection_id)
        return labels(self.store, inspection).get(code, code) if inspection else code

    def take_photo(self) -> None:
        """拍照取证: the bytes are hashed and on disk before anything else happens."""
        self._photo(lambda taken: camera.take_picture(self.store.files.scratch, taken), "")

    def choose_photo(self) -> None:
        """选择照片: one that another camera took (防爆相机). Nobody knows where: it has no place."""
        self._photo(camera.choose_picture, "（选自本机文件）")

    def _photo(self, take: Taking, chosen: str) -> None:
        if self.ended or self._item is None:
            return
        self.keep()
        code = self.code
        self.with_picture(take, lambda data: self._keep_photo(code, data, chosen))

    def _keep_photo(self, code: str, data: bytes, chosen: str) -> None:
        keep_photo(
            self.store, self.inspection_id, data,
            camera.media_type(data) or "application/octet-stream",
            caption=self.caption_of(code) + chosen, check_item=code,
            location=None if chosen else self.app.location,
        )  # fmt: skip
        self.repaint()

    def film(self) -> None:
        """录像."""
        if self.ended or self._item is None:
            return
        self.keep()
        code = self.code

        def taken(path: Path | None) -> None:
            if path is not None:
                Clock.schedule_once(lambda _: self._keep_recording(code, path, VIDEO), 0)

        self.act(lambda: camera.take_video(self.store.files.scratch, taken))

    def record(self) -> None:
        """录音; pressed again, it ends and is kept with the item at which it began."""
        if self.ended or self._item is None:
            return
        if self.recording:
            self.end_recording()
            return
        self.keep()
        self._heard = self.act(lambda: sound.Recording(self.store.files.scratch))
        self._about, self.recording = self.code, self._heard is not None

    def end_recording(self) -> None:
        """Stop what is being recorded, if anything is, and keep it."""
        heard, self._heard, self.recording = self._heard, None, False
        if heard is None:
            return
        path = self.act(heard.end)
        if path is not None:
            self._keep_recording(self._about, path, SOUND)
        heard.clear()

    def _keep_recording(self, code: str, path: Path, wanted: str) -> None:
        kept = self.act(
            lambda: keep_recording(
                self.store, self.inspection_id, path, wanted, caption=self.caption_of(code),
                check_item=code, location=self.app.location,
            )
        )  # fmt: skip
        if path.parent == self.store.files.scratch:
            # Sealed or refused: no plain copy stays behind.
            path.unlink(missing_ok=True)
        if kept:
            self.repaint()

    def offer_remarks(self) -> None:
        """常用备注: one of the phrase book is added to what stands there."""
        if self.fixed:
            return
        field = self.ids.remark

        def add(text: str) -> None:
            field.text = f"{field.text.strip()}；{text}" if field.text.strip() else text
            self.keep()

        self.lay_above(RemarkView(remarks(self.store), add))

    def show_evidence(self) -> None:
        """The evidence of the item at hand."""
        if self._item is None or not self._item.photos:
            return
        pieces = [piece(self.store, photo) for photo in self._item.photos]
        shown = EvidenceView(
            pieces, lambda one: self.act(lambda: stamped_copy(self.store, one.photo)),
            self._play, self._caption, fixed=self.ended,
        )  # fmt: skip
        shown.bind(on_dismiss=lambda _: self.repaint())
        self.lay_above(shown)

    def lay_above(self, above: ModalView) -> None:
        """Open something above the page."""
        self._opened = above
        self.app.unfocus()
        above.open(animation=False)

    def _play(self, one: Piece) -> None:
        name = f"{self.code} {one.title.partition('　')[0]}"
        try:
            player.play(self.store.files.lend(one.photo.path, name))
        except Exception as error:
            if self.above:
                self.above.dismiss(animation=False)
            self.tell(error)

    def _caption(self, one: Piece, caption: str) -> None:
        self.act(lambda: caption_evidence(self.store, one.photo, caption))

    def write_of_item(self, field: Any, label: str, name: str) -> None:  # noqa: ANN401 - a Field
        """用浏览器书写: a field of the item at hand."""
        if self.fixed:
            return
        code = self.code

        def take(text: str) -> None:
            if self.code != code:
                # Meanwhile another item is in sight: back to the one that was written about.
                self.turn_to(code)
            field.text = text
            self.keep()

        self.write_elsewhere(field, f"{self.called(code)} {label}", f"{code}/{name}", take)

    def leave(self) -> None:
        """What is being recorded is kept; the page for long text and what is open above go."""
        if self.above:
            self.above.dismiss(animation=False)
        self.end_recording()
        super().leave()
