"""What opens above a page: gone, it keeps no keyboard."""

from kivy.app import App
from kivy.uix.modalview import ModalView


class Above(ModalView):
    """A pad or a question above the page. Closed, Tab begins on the page again."""

    def on_dismiss(self) -> None:
        """The keyboard goes back to the page, not to a button that nobody sees any more."""
        App.get_running_app().unfocus()
