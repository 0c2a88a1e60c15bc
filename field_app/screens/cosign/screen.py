"""Signing on two tablets: widgets and events. One tablet asks, the other signs; each reads the other."""

from pathlib import Path
from typing import Any

from kivy.graphics.texture import Texture
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from field_app import exchange, scanner
from field_app.camera import has_camera, take_picture
from field_app.cosigning import passing
from field_app.cosigning.asked import Asked, read_asked, sign_asked
from field_app.cosigning.asking import ask_to_sign, take_signature
from field_app.cosigning.frames import ANSWERS, ASKS, Reading, frames
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.pressable import BigButton, Line
from field_app.screens.cosign.view import dots, in_file, pasted, place, read_so_far, take_texts
from field_app.screens.document.as_text import as_text
from field_app.screens.document.pieces import SigningView, drawn
from field_app.screens.page import Page, layout
from field_app.screens.told import Told

layout(__file__)


class Code(Widget):
    """A QR code, dark on white in every theme, as large as there is room."""

    texture = ObjectProperty(None, allownone=True)

    def show(self, frame: str) -> None:
        """Show a frame."""
        side, grey = dots(frame)
        made = Texture.create(size=(side, side), colorfmt="luminance")
        made.mag_filter = made.min_filter = "nearest"
        made.blit_buffer(grey, colorfmt="luminance", bufferfmt="ubyte")
        self.texture = made


class CosignScreen(Page):
    """`document_id`: the draft for which a signature is asked; without it, this tablet signs."""

    asks = BooleanProperty(False)
    """Whether this tablet holds the draft."""
    showing = BooleanProperty(False)
    """Whether there are codes to show."""
    reads = BooleanProperty(True)
    """Whether the other tablet's codes are read now."""
    at = NumericProperty(0)
    place = StringProperty("")
    how = StringProperty("")
    so_far = StringProperty("")
    camera = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._frames: list[str] = []
        self._asked: Asked | None = None
        self._reading = Reading(ASKS)
        self.signing: SigningView | None = None

    def open(self, **given: str) -> None:
        """Ask for a signature under a draft, or read what another tablet asks."""
        asks = self.asks = "document_id" in given
        self._frames, self._asked, self.at = [], None, 0
        self._reading = Reading(ANSWERS if asks else ASKS)
        self.reads = True
        super().open(**given)
        if asks:
            self._frames = self.act(lambda: ask_to_sign(self.store, given["document_id"])) or []
            self.repaint()

    def paint(self) -> None:
        """Fill the widgets."""
        self.title = "同行人员在其平板签名" if self.asks else "为同行文书签名"
        self.showing = bool(self._frames)
        self.camera = has_camera()
        self.so_far = read_so_far(self._reading)
        self.ids.paper.clear_widgets()
        if self._frames:
            self.place = place(self.at, len(self._frames))
            self.ids.code.show(self._frames[self.at])
        if self.asks:
            self.how = (
                "请对方在“今日”页面点“为同行文书签名”，逐张拍下这些码，或者从离线传递的文件读取；"
                "签好后，再在这里读取对方的签名。"
            )
        elif self._frames:
            self.how = (
                "已签名。请对方逐张拍下这些码，或者从离线传递的文件读取，签名即加入其平板上的文书。"
            )
        else:
            self.how = (
                "请对方打开文书，点“同行人员在其平板签名”，然后在这里逐张拍下对方屏幕上的码。"
            )
        if self._asked and not self._frames:
            self._paint_asked(self._asked)
        self._paint_pictures()

    def _paint_asked(self, asked: Asked) -> None:
        sheet = Card(padding=(dp(28), dp(24)))
        for said in as_text(asked.shown.blocks):
            sheet.add_widget(drawn(said))
        self.ids.paper.add_widget(Words(text=f"{asked.name}　{asked.number}"))
        self.ids.paper.add_widget(
            Quiet(text="内容由本机按自己的文书样式重新生成，与对方所示的摘要一致。")
        )
        button = BigButton(text=f"{asked.signer}签名", tone="main", least=72)
        button.bind(on_release=lambda _: self.act(self.ask_for_strokes))
        self.ids.paper.add_widget(button)
        self.ids.paper.add_widget(sheet)

    def _paint_pictures(self) -> None:
        column = self.ids.pictures
        column.clear_widgets()
        if not self.reads:
            return
        column.add_widget(Heading(text="离线传递的文件"))
        files = passing.waiting(self.store, self._reading.kind)
        if not files:
            column.add_widget(Quiet(text=f"{exchange.folder(self.store)} 里没有对方存的文件。"))
        for file in files:
            line = Line(title=file.name, detail="读取后即删去", tag="读取", tag_tone="main")
            line.bind(on_release=lambda _, file=file: self.take_file(file))
            column.add_widget(line)
        column.add_widget(Heading(text="或者选一张图片"))
        found = scanner.pictures(Path.home())
        if not found:
            column.add_widget(Quiet(text="“图片”和“下载”文件夹里没有图片。"))
        for path in found:
            line = Line(title=path.name, detail=path.parent.name)
            line.bind(on_release=lambda _, path=path: self.take(lambda: in_file(path)))
            column.add_widget(line)

    def turn(self, step: int) -> None:
        """The next code, or the one before."""
        if self._frames:
            self.at = (self.at + step) % len(self._frames)
            self.repaint()

    def hand_over(self) -> None:
        """存到离线传递的文件夹: for a device without a camera."""
        file = self.act(lambda: passing.hand_over(self.store, self._frames))
        if file is not None:
            self.say(
                Told("已存为文件", str(file), next_step="请对方在同一文件夹或 U 盘读取"), "good"
            )

    def take_file(self, file: Path) -> None:
        """What the other tablet put into the folder; it is removed once it has been read whole."""
        self._reading = Reading(self._reading.kind)
        if self.take(lambda: passing.texts_in(file)):
            passing.done(file)

    def photograph(self) -> None:
        """拍照识别."""
        self.with_picture(
            lambda taken: take_picture(self.store.files.scratch, taken),
            lambda picture: self.take(lambda: scanner.texts_in(picture)),
        )

    def paste(self) -> None:
        """Text of codes, pasted."""
        text = self.ids.text.text
        self.ids.text.text = ""
        self.take(lambda: pasted(text))

    def anew(self) -> None:
        """重新读取."""
        self._reading = Reading(self._reading.kind)
        self.ids.banner.close()
        self.repaint()

    def take(self, read: Any) -> bool:  # noqa: ANN401 - gives texts
        """What was read of the other tablet's codes; once all are here, what they say.

        True once the whole was read and taken.
        """

        def take() -> bool:
            take_texts(self._reading, read())
            return True

        if self.act(take) is None:
            return False
        self.ids.banner.close()
        done = self._reading.complete and self.act(self._whole)
        self.repaint()
        return bool(done)

    def _whole(self) -> bool:
        content = self._reading.content()
        if not self.asks:
            self._asked, self.reads = read_asked(self.store, content), False
            return True
        name = take_signature(self.store, self.given["document_id"], content)
        self.app.back()
        self.app.page.say(Told(f"{name}的签名已加入文书"), "good")
        return True

    def ask_for_strokes(self) -> None:
        """The pad for this tablet's officer."""
        asked = self._asked
        assert asked is not None
        self.signing = SigningView(
            label="执法人员", under=f"{asked.name}　{asked.number}", named=True, done=self._sign
        )
        self.signing.ids.name.text = asked.signer
        self.app.unfocus()
        self.signing.open(animation=False)

    def _sign(self, _: str, strokes: list[list[list[int]]]) -> bool:
        asked = self._asked
        assert asked is not None
        answer = self.act(lambda: sign_asked(self.store, asked, strokes, self.app.location))
        if answer is not None:
            self._frames, self.at = frames(ANSWERS, answer), 0
            self.repaint()
            self.to_top()
        return True

    def on_key(self, key: str) -> bool:
        """n and p turn the codes; Escape takes the pad away."""
        if key == "escape" and self.signing is not None and self.signing.parent:
            self.signing.dismiss()
            return True
        if key in ("n", "p"):
            self.turn(1 if key == "n" else -1)
            return True
        return False
