"""What the document screen is made of: the pad for a signer, the pieces of a form."""

from collections.abc import Sequence
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.look.above import Above
from field_app.look.pad import SignaturePad
from field_app.look.panels import Words
from field_app.look.pressable import BigButton
from field_app.screens.document.as_text import Said
from field_app.screens.page import layout

layout(__file__)


class SigningView(Above):
    """The glass handed to whoever signs: who, under what, the pad.

    Where every page is signed (逐页签名), one page after the other stands above the pad.
    """

    label = StringProperty("")
    under = StringProperty("")
    named = BooleanProperty(True)
    """Whether the name is fixed: an officer's is."""
    done = ObjectProperty(None)
    at = StringProperty("")
    """Which page stands above the pad: 第1页，共2页; empty where the whole is signed once."""

    def __init__(
        self,
        sheets: Sequence[Sequence[Said]] = (),
        wanted: Sequence[int] = (),
        **given: Any,  # noqa: ANN401 - Kivy's own
    ) -> None:
        super().__init__(**given)
        self._sheets = sheets
        self._wanted = list(wanted)
        self._show()

    @property
    def pad(self) -> SignaturePad:
        """Where the strokes are drawn."""
        pad: SignaturePad = self.ids.pad
        return pad

    @property
    def page(self) -> int:
        """The page that is signed now; nought where the whole is signed once."""
        return self._wanted[0] if self._wanted else 0

    def finish(self) -> None:
        """确认签名; then the next page, where there is one."""
        name, strokes = self.ids.name.text.strip(), self.pad.strokes
        if not (strokes and name):
            return
        if self.done(name, [list(stroke) for stroke in strokes], self.page):
            self._wanted = self._wanted[1:]
            self.pad.clear()
            if self._wanted:
                # The pages bear one name.
                self.named = True
                self._show()
                return
            self.dismiss()

    def _show(self) -> None:
        """The words of the page that is to be signed."""
        self.ids.words.clear_widgets()
        if not self.page:
            return
        self.at = f"第{self.page}页，共{len(self._sheets)}页"
        for said in self._sheets[self.page - 1]:
            self.ids.words.add_widget(drawn(said))
        self.ids.sheet.scroll_y = 1


class DiscardView(Above):
    """Giving up a draft: what becomes of its number, and why."""

    told = StringProperty("")
    voids = BooleanProperty(False)
    """Whether the number is voided, so that a reason is wanted."""
    action = StringProperty("")
    done = ObjectProperty(None)

    def __init__(self, phrases: Sequence[str] = (), **given: Any) -> None:  # noqa: ANN401
        super().__init__(**given)
        for phrase in phrases if self.voids else ():
            button = BigButton(text=phrase)
            button.bind(on_release=lambda _, text=phrase: self._fill(text))
            self.ids.phrases.add_widget(button)

    def _fill(self, text: str) -> None:
        self.ids.reason.text = text

    def finish(self) -> None:
        """放弃草稿."""
        reason = self.ids.reason.text.strip() if self.voids else ""
        if reason or not self.voids:
            self.dismiss(animation=False)
            self.done(reason)


class RefusingView(Above):
    """Where it is put on record that somebody refuses to sign, and why (拒绝签字)."""

    label = StringProperty("")
    done = ObjectProperty(None)

    def finish(self) -> None:
        """记入文书."""
        name, why = self.ids.name.text.strip(), self.ids.why.text.strip()
        if name and why and self.done(name, why):
            self.dismiss()


class Pair(BoxLayout):
    """A label and what stands beside it on the form."""

    label = StringProperty("")
    text = StringProperty("")
    narrow = BooleanProperty(False)


def choose_one(pressed: Any) -> None:  # noqa: ANN401 - a Chip
    """Chips in a row of which one at most is chosen."""
    for chip in pressed.parent.children:
        chip.chosen = chip is pressed and not chip.chosen


def drawn(said: Said) -> Any:  # noqa: ANN401 - a widget
    """A piece of the document as a widget."""
    if said.kind in ("pair", "item"):
        return Pair(label=said.label, text=said.text, narrow=said.kind == "item")
    aligned = {"title": "center", "centre": "center", "aside": "right"}.get(said.kind, "left")
    words = Words(text=said.text, halign=aligned)
    if said.kind == "title":
        words.font_size = "26sp"
    return words
