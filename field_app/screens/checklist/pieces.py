"""What opens above the check list: remarks ready to use, and the evidence of an item."""

from collections.abc import Callable, Sequence
from io import BytesIO

from kivy.core.image import Image as CoreImage
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from field_app.look.above import Above
from field_app.look.panels import Quiet
from field_app.look.pressable import Line
from field_app.screens.checklist.evidence import Piece
from field_app.screens.page import layout

layout(__file__)


class RemarkView(Above):
    """Remarks ready to use; one press writes one (常用备注)."""

    def __init__(self, remarks: Sequence[str], add: Callable[[str], None]) -> None:
        super().__init__()
        self._add = add
        for remark in remarks:
            line = Line(title=remark)
            line.bind(on_release=lambda _, remark=remark: self._choose(remark))
            self.ids.remarks.add_widget(line)
        if not remarks:
            self.ids.remarks.add_widget(
                Quiet(text="本机还没有常用语。有信号时在“今日”更新，或者直接填写备注。")
            )

    def _choose(self, remark: str) -> None:
        self.dismiss(animation=False)
        self._add(remark)


class EvidenceView(Above):
    """The evidence of an item: seen with its stamp, played, given a caption."""

    caption = StringProperty("")
    told = StringProperty("")
    action = StringProperty("")
    fixed = BooleanProperty(False)
    """Whether captions can no longer be written: the visit has ended."""
    texture = ObjectProperty(None, allownone=True)

    def __init__(
        self,
        pieces: Sequence[Piece],
        stamped: Callable[[Piece], bytes | None],
        play: Callable[[Piece], None],
        write: Callable[[Piece, str], None],
        *,
        fixed: bool,
    ) -> None:
        super().__init__(fixed=fixed)
        self._stamped, self._play, self._write = stamped, play, write
        self._piece: Piece | None = None
        for piece in pieces:
            line = Line(title=piece.title, detail=piece.detail)
            line.bind(on_release=lambda _, piece=piece: self.show(piece))
            line.piece = piece
            self.ids.pieces.add_widget(line)
        self.show(pieces[-1])

    def show(self, piece: Piece) -> None:
        """One of them: a picture as its stamped copy."""
        self.keep()
        self._piece = piece
        self.ids.caption.text = piece.photo.caption
        self.told, self.action = piece.detail, "打开原件" if piece.is_picture else "播放"
        copy = self._stamped(piece) if piece.is_picture else None
        self.texture = CoreImage(BytesIO(copy), ext="jpg").texture if copy else None
        for line in self.ids.pieces.children:
            line.chosen = line.piece is piece

    def keep(self) -> None:
        """Keep the caption, if it was changed."""
        if self._piece is None or self.fixed:
            return
        caption = self.ids.caption.text.strip()
        if caption != self._piece.photo.caption:
            self._write(self._piece, caption)

    def play(self) -> None:
        """Open it in what the system has for such files."""
        if self._piece:
            self._play(self._piece)

    def on_pre_dismiss(self) -> None:
        """Whichever way it goes, the caption stays."""
        self.keep()
