"""What is in sight while a store is being put away: how far it is, and that nothing is lost."""

from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.modalview import ModalView

from field_app.screens.page import layout

layout(__file__)


class ClosingView(ModalView):
    """正在封存: above everything, until it is done."""

    part = NumericProperty(0)

    def tell(self, far: float) -> None:
        """How far it is, 0 to 1; from any thread."""
        Clock.schedule_once(lambda _: setattr(self, "part", far), 0)
