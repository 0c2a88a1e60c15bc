"""The theme in force. Layouts say `app.theme.palette.ink` and follow when it changes."""

from kivy.event import EventDispatcher
from kivy.properties import ObjectProperty

from field_app.look.palette import LIGHT, PALETTES, Palette


class Theme(EventDispatcher):
    """Which palette is in force."""

    palette: Palette = ObjectProperty(LIGHT, rebind=False)

    def use(self, name: str | None) -> None:
        """Take the palette of this name; an unknown name is the light one."""
        self.palette = PALETTES.get(name or "", LIGHT)

    def other(self) -> str:
        """The name of the palette that is not in force."""
        return next(name for name in PALETTES if name != self.palette.name)
