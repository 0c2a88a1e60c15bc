"""The form in which an officer writes what only a person can say: fields, chips, phrases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kivy.metrics import dp
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.stacklayout import StackLayout

from field_app.look.panels import Card, Field, Heading, Quiet
from field_app.look.pressable import BigButton, Chip, Line
from field_app.screens.document.pieces import choose_one
from field_app.screens.document.writing import Written
from field_app.shelves.drafts import Value

Proposing = Callable[[Mapping[str, Sequence[str]]], Mapping[str, str]]
"""Findings to cover, by field → what the texts of the document would be, by field."""


class Form:
    """Widgets for what can be written, and what stands in them."""

    def __init__(
        self,
        column: Any,  # noqa: ANN401 - a widget
        fields: Sequence[Written],
        proposing: Proposing | None = None,
        elsewhere: Callable[[Field, str, str], None] | None = None,
    ) -> None:
        """`elsewhere`: how a long field (its label, its code) is written in a browser of this device."""
        self._fields: dict[str, Field] = {}
        self._chips: dict[str, list[Chip]] = {}
        self._lines: dict[str, list[Line]] = {}
        self._proposing = proposing
        for one in fields:
            card = Card()
            if one.reasons:
                card.add_widget(Heading(text=one.label))
                card.add_widget(Quiet(text="点按选择本文书针对的问题。"))
                for line in self._covered(one):
                    card.add_widget(line)
            elif one.options:
                card.add_widget(Quiet(text=one.label + ("（可多选）" if one.several else "")))
                card.add_widget(self._row(one))
            else:
                card.add_widget(field := self._field(one))
                if one.long and elsewhere:
                    card.add_widget(_elsewhere(field, one, elsewhere))
                if one.hint:
                    card.add_widget(Quiet(text=one.hint))
                for phrase in one.phrases:
                    card.add_widget(self._phrase(one, phrase))
            column.add_widget(card)
        self._proposed = dict(proposing(self._covers())) if proposing and self._lines else {}

    def texts(self) -> dict[str, str]:
        """What stands in each field, by code."""
        return {code: field.text for code, field in self._fields.items()}

    def said(self) -> dict[str, Value]:
        """All that stands in it, by code: texts, and what is chosen."""
        return {**self.texts(), **self.chosen()}

    def resume(self, said: Mapping[str, Value]) -> None:
        """What was being written in some of its fields stands in them again."""
        for code, value in said.items():
            for chip in self._chips.get(code, ()):
                chip.chosen = chip.value in value
            for line in self._lines.get(code, ()):
                _put_in(line, line.value in value)
        if self._proposing and any(code in self._lines for code in said):
            self._propose_anew(self._proposing)
        for code, value in said.items():
            if code in self._fields and isinstance(value, str):
                self._fields[code].text = value

    def chosen(self) -> dict[str, list[str]]:
        """What is chosen of each field with options, by code."""
        return {
            code: [chip.value for chip in chips if chip.chosen]
            for code, chips in self._chips.items()
        } | self._covers()

    def _covers(self) -> dict[str, list[str]]:
        return {
            code: [line.value for line in lines if line.chosen]
            for code, lines in self._lines.items()
        }

    def _covered(self, one: Written) -> list[Line]:
        """A line for each finding: in or out, and what the law suggests."""
        lines = self._lines[one.code] = []
        for (value, text), why in zip(one.options, one.reasons, strict=True):
            line = Line(title=text, detail=why)
            line.value = value
            _put_in(line, value in one.chosen)
            line.bind(on_release=self._cover)
            lines.append(line)
        return lines

    def _cover(self, line: Any) -> None:  # noqa: ANN401 - a Line
        """Take a finding in or leave it out; texts that nobody has changed follow."""
        _put_in(line, not line.chosen)
        if self._proposing:
            self._propose_anew(self._proposing)

    def _propose_anew(self, proposing: Proposing) -> None:
        anew = dict(proposing(self._covers()))
        for code, text in anew.items():
            field = self._fields.get(code)
            if field is not None and field.text == self._proposed.get(code):
                field.text = text
        self._proposed = anew

    def _row(self, one: Written) -> Any:  # noqa: ANN401 - a widget
        few = len(one.options) < 3 and all(len(text) < 14 for _, text in one.options)
        row = (
            BoxLayout(size_hint_y=None, height=dp(60), spacing=dp(12))
            if few
            else StackLayout(size_hint_y=None, spacing=(dp(12), dp(8)))
        )
        row.bind(minimum_height=row.setter("height"))
        self._chips[one.code] = []
        for value, text in one.options:
            chip = Chip(text=text, tone="main", chosen=value in one.chosen)
            chip.value = value
            if not few:
                chip.size_hint_x = 0.48
            chip.bind(on_release=_turn if one.several else choose_one)
            self._chips[one.code].append(chip)
            row.add_widget(chip)
        return row

    def _field(self, one: Written) -> Field:
        field = Field(label=one.label, multiline=one.long, text=one.value)
        self._fields[one.code] = field
        return field

    def _phrase(self, one: Written, phrase: str) -> BigButton:
        said = phrase.replace("\n", "　")
        button = BigButton(text=f"{'添上' if one.adds else '填入'}：{said}")
        button.bind(on_release=lambda _: self._fill(one, phrase))
        return button

    def _fill(self, one: Written, phrase: str) -> None:
        field = self._fields[one.code]
        before = field.text.rstrip()
        field.text = f"{before}\n{phrase}" if one.adds and before else phrase


def _elsewhere(field: Field, one: Written, write: Callable[[Field, str, str], None]) -> BigButton:
    button = BigButton(text="字多时：用浏览器书写")
    button.bind(on_release=lambda _: write(field, one.label, one.code))
    return button


def _put_in(line: Any, chosen: bool) -> None:  # noqa: ANN401 - a Line
    line.chosen = chosen
    line.tag, line.tag_tone = ("列入", "good") if chosen else ("不列入", "quiet")


def _turn(chip: Any) -> None:  # noqa: ANN401 - a Chip
    chip.chosen = not chip.chosen
