"""Scanning: widgets and events."""

from pathlib import Path

from field_app import scanner
from field_app.camera import has_camera, take_picture
from field_app.look.panels import Heading, Quiet
from field_app.look.pressable import Line
from field_app.moments import spoken
from field_app.screens.page import Page, layout
from field_app.screens.scan.view import picked, plant_of

layout(__file__)


class ScanScreen(Page):
    """A picture taken, a picture chosen, or the code typed."""

    def paint(self) -> None:
        """Fill the widgets: the pictures that can be chosen."""
        self.title = "扫码找企业"
        column = self.ids.pictures
        column.clear_widgets()
        found = scanner.pictures(Path.home())
        self.ids.take.disabled = not has_camera()
        column.add_widget(Heading(text="选一张图片"))
        if not found:
            column.add_widget(
                Quiet(
                    text="“图片”和“下载”文件夹里没有图片。把拍好的营业执照存到那里，或者直接输入代码。"
                )
            )
        for path in found:
            line = Line(title=path.name, detail=f"{path.parent.name}　{spoken(picked(path))}")
            line.bind(on_release=lambda _, path=path: self.read(path))
            column.add_widget(line)

    def take(self) -> None:
        """拍照识别."""
        self.with_picture(
            lambda taken: take_picture(self.store.files.scratch, taken),
            lambda picture: self._found(scanner.credit_code(scanner.texts_in(picture))),
        )

    def read(self, path: Path) -> None:
        """A picture file was chosen."""
        self.act(lambda: self._found(scanner.read_file(path)))

    def enter(self) -> None:
        """A code was typed."""
        self.act(lambda: self._found(scanner.typed_code(self.ids.code.text)))

    def _found(self, code: str) -> None:
        entity_id = plant_of(self.store, code)
        self.ids.code.text = ""
        self.app.instead("plant", entity_id=entity_id)
