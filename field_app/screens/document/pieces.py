"""What the document screen is made of: the pad for a signer, the pieces of a form."""

from collections.abc import Sequence
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from field_app.look.pad import SignaturePad
from field_app.look.panels import Words
from field_app.look.pressable import BigButton
from field_app.screens.document.view import Said


class SigningView(ModalView):
    """The glass handed to whoever signs: who, under what, the pad."""

    label = StringProperty("")
    under = StringProperty("")
    named = BooleanProperty(True)
    """Whether the name is fixed: an officer's is."""
    done = ObjectProperty(None)

    @property
    def pad(self) -> SignaturePad:
        """Where the strokes are drawn."""
        pad: SignaturePad = self.ids.pad
        return pad

    def finish(self) -> None:
        """确认签名."""
        name, strokes = self.ids.name.text.strip(), self.pad.strokes
        if strokes and name and self.done(name, [list(stroke) for stroke in strokes]):
            self.dismiss()


class DiscardView(ModalView):
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


class RefusingView(ModalView):
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
