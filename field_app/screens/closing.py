"""What is in sight while a store is being put away: how far it is, and that nothing is lost."""

from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import NumericProperty
from kivy.uix.modalview import ModalView

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ClosingView(ModalView):
    """正在封存: above everything, until it is done."""

    part = NumericProperty(0)

    def tell(self, far: float) -> None:
        """How far it is, 0 to 1; from any thread."""
        Clock.schedule_once(lambda _: setattr(self, "part", far), 0)
