"""A page signed by pen: printed, signed, photographed; all of it by thumb or by keyboard alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from field_app import scanner
from field_app.camera import choose_picture, has_camera, take_picture
from field_app.look.above import Above
from field_app.look.panels import Quiet
from field_app.look.pressable import Line
from field_app.screens.choice import Choice
from field_app.screens.choices import Choices
from field_app.screens.document.view import Signer
from field_app.screens.page import layout

layout(__file__)


class PaperView(Above):
    """Who signed on paper, and the photo or scan that shows it."""

    under = StringProperty("")
    page = ObjectProperty(None)
    camera = BooleanProperty(False)

    def __init__(self, signers: Sequence[Signer] = (), **given: Any) -> None:  # noqa: ANN401
        self.signers = list(signers)
        super().__init__(**given)
        self.camera = has_camera()
        who: Choices = self.ids.who
        first = next((at for at, one in enumerate(self.signers) if one.role == "party"), 0)
        who.offer(
            [
                Choice(str(at), f"{one.name or '（填写姓名）'}\n{one.label}")
                for at, one in enumerate(self.signers)
            ],
            [str(first)] if self.signers else [],
        )
        for chip in who.ids.chips.children:
            chip.bind(on_release=lambda chip: self._name(self.signers[int(chip.value)]))
        self._name(self.signer)
        self._offer()

    @property
    def signer(self) -> Signer | None:
        """Who is chosen."""
        at = next(iter(self.ids.who.chosen), None)
        return self.signers[int(at)] if at is not None else None

    def _name(self, signer: Signer | None) -> None:
        """The name of who is chosen; an officer's is fixed."""
        self.ids.name.text = signer.name if signer else ""
        self.ids.name.disabled = signer is None or signer.officer_number is not None

    def photograph(self) -> None:
        """拍照."""
        scratch = self.page.store.files.scratch
        self.page.with_picture(lambda taken: take_picture(scratch, taken), self._placed)

    def choose(self) -> None:
        """选择照片或扫描件."""
        self.page.with_picture(choose_picture, self._take)

    def _offer(self) -> None:
        """Pictures that lie where pictures lie: chosen without the system's own dialogue."""
        found = scanner.pictures(Path.home())
        for path in found[:6]:
            line = Line(title=path.name, detail=path.parent.name)
            line.bind(on_release=lambda _, path=path: self.take_file(path))
            self.ids.pictures.add_widget(line)
        if not found:
            self.ids.pictures.add_widget(Quiet(text="“图片”和“下载”文件夹里没有图片。"))

    def take_file(self, path: Path) -> None:
        """A picture that lies in one of the usual folders."""
        self.page.act(lambda: self._take(path.read_bytes()))

    def _placed(self, data: bytes) -> None:
        self._take(data, placed=True)

    def _take(self, data: bytes, *, placed: bool = False) -> None:
        signer, name = self.signer, self.ids.name.text.strip()
        if signer is None or not name:
            self.ids.name.box.focus = True
            return
        self.page.keep_paper(signer, name, data, placed)
