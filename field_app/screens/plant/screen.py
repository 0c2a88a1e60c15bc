"""A plant: widgets and events."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.actions.begin_inspection import begin_inspection
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.pressable import Chip, Line
from field_app.screens.page import Page, layout, nothing, pairs
from field_app.screens.plant.view import GROUNDS, Choice, Plant, plant, search

layout(__file__)

PAUSE = 0.25
"""Seconds after the last key before the ledger is searched."""


class Choices(BoxLayout):
    """A few things of which one, or some, are chosen."""

    label = StringProperty("")
    several = BooleanProperty(False)

    def offer(self, choices: list[Choice], chosen: list[str] | None = None) -> None:
        """Set what can be chosen."""
        self.ids.chips.clear_widgets()
        for choice in choices:
            chip = Chip(text=choice.label, tone="main", chosen=choice.value in (chosen or []))
            chip.value = choice.value
            chip.bind(on_release=self._press)
            self.ids.chips.add_widget(chip)

    def _press(self, pressed: Any) -> None:  # noqa: ANN401 - a Chip
        if self.several:
            pressed.chosen = not pressed.chosen
            return
        for chip in self.ids.chips.children:
            chip.chosen = chip is pressed

    @property
    def chosen(self) -> list[str]:
        """The values chosen, in their order."""
        return [chip.value for chip in reversed(self.ids.chips.children) if chip.chosen]


class BeginForm(BoxLayout):
    """What is needed to begin: by a scheme only the place and who is there; else all of it."""

    scheme = BooleanProperty(False)


class PlantScreen(Page):
    """The search, or one plant."""

    chosen = BooleanProperty(False)
    """Whether one plant is shown, not the search."""
    action = StringProperty("")

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._shown: Plant | None = None
        self._form: BeginForm | None = None
        self._searching = Clock.create_trigger(lambda _: self.act(self._search), PAUSE)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self._form = self._shown = None
        self.action = ""
        self.ids.left.clear_widgets()
        self.ids.right.clear_widgets()
        entity_id = self.given.get("entity_id", "")
        self.chosen = bool(entity_id)
        if not entity_id:
            self.title = "查找企业"
            self._search()
            return
        self._shown = plant(self.store, entity_id, self.given.get("scheme_id", ""), self.today)
        if self._shown is None:
            self.title = "企业"
            nothing(self.ids.left, "本机台账中没有这家企业", "请在有信号处更新后再试。")
            return
        self.title = self._shown.name
        self._paint_plant(self._shown)

    def search_soon(self) -> None:
        """A key was pressed in the search field."""
        if not self.chosen:
            self._searching()

    def _search(self) -> None:
        if self.chosen:
            return
        result = search(self.store, self.ids.words.text)
        column = self.ids.left
        column.clear_widgets()
        if not result.found:
            nothing(column, result.title, result.detail)
            return
        column.add_widget(Quiet(text=result.title))
        for one in result.found:
            line = Line(title=one.name, detail=one.detail, tag=one.tag, tag_tone=one.tone)
            line.bind(on_release=lambda _, one=one: self.app.go("plant", entity_id=one.entity_id))
            column.add_widget(line)

    def _paint_plant(self, shown: Plant) -> None:
        left, right = self.ids.left, self.ids.right
        if shown.missing:
            self._card(
                left,
                "台账不完整，暂不能作为检查对象",
                [
                    ("缺少", "、".join(shown.missing)),
                    ("怎么办", "由办公室在企业台账中补全后再检查"),
                ],
                "warn",
            )
        if shown.going_on:
            self._card(
                left, "检查已经开始", [("下一步", "点“继续检查”，从上次停下的地方做起")], "main"
            )
        if shown.scheme:
            self._card(left, "现场检查方案", shown.scheme)
        self._card(left if shown.missing or shown.going_on else right, "企业情况", shown.facts)
        if shown.history:
            card = Card()
            card.add_widget(Heading(text="以前的检查与隐患"))
            for text in shown.history:
                card.add_widget(Words(text=text))
            right.add_widget(card)
        if shown.going_on:
            self.action = "继续检查"
        elif not shown.missing:
            self.action = "开始检查"
            self._add_form(shown)

    def _card(
        self,
        column: Any,  # noqa: ANN401 - a column
        heading: str,
        told: list[tuple[str, str]],
        tone: str = "plain",
    ) -> None:
        card = Card(tone=tone)
        card.add_widget(Heading(text=heading, tone=tone))
        pairs(card, told)
        column.add_widget(card)

    def _add_form(self, shown: Plant) -> None:
        form = self._form = BeginForm(scheme=bool(shown.scheme))
        form.ids.place.text = shown.place
        form.ids.name.text = shown.present["name"]
        form.ids.duty.text = shown.present["duty"]
        form.ids.phone.text = shown.present["phone"]
        form.ids.ground.offer([Choice(one, one) for one in GROUNDS], [GROUNDS[0]])
        first = [shown.checklists[0].value] if shown.checklists else []
        form.ids.checklist.offer(shown.checklists, first)
        form.ids.officers.offer(shown.officers)
        self.ids.left.add_widget(form)

    def begin(self) -> None:
        """开始检查, or 继续检查."""
        shown = self._shown
        if shown is None:
            return
        going_on = shown.going_on or self.act(lambda: self._begin(shown))
        if going_on:
            self.app.instead("checklist", inspection_id=going_on)

    def _begin(self, shown: Plant) -> str:
        form = self._form
        assert form is not None
        place = form.ids.place.text.strip()
        present: Any = {
            "name": form.ids.name.text.strip(),
            "duty": form.ids.duty.text.strip(),
            "phone": form.ids.phone.text.strip(),
        }
        if shown.scheme_id:
            return begin_inspection(
                self.store,
                scheme_id=shown.scheme_id,
                place=place,
                present=present,
                location=self.app.location,
            )
        me = self.store.setting("me") or {}
        return begin_inspection(
            self.store,
            entity_id=shown.entity_id,
            checklist=next(iter(form.ids.checklist.chosen), None),
            officers=[str(me.get("officer", "")), *form.ids.officers.chosen],
            ground=next(iter(form.ids.ground.chosen), None),
            place=place,
            present=present,
            location=self.app.location,
        )
