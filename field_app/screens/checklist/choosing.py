"""What opens above the check list: what was seen, and what it breaks; the check lists of the visit."""

from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.metrics import dp, sp
from kivy.properties import BooleanProperty

from field_app.look.above import Above
from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.look.pressable import BigButton, Chip, Line
from field_app.screens.checklist.lists import ListLine
from field_app.screens.checklist.phrases import LEAST, Clause
from field_app.screens.page import layout

layout(__file__)

WAIT = 0.15
"""Seconds without a key before a search is made."""


class ClauseView(Above):
    """Say what was seen; choose what forbids it, or have it written down as it was said."""

    writes = BooleanProperty(False)
    """Whether something can be written down in the officer's own words."""
    takes = BooleanProperty(False)
    """Whether there is enough that could be."""

    def __init__(
        self,
        called: Sequence[str],
        find: Callable[[str], list[Clause]],
        chosen: Callable[[Clause], None],
        write: Callable[[str], None] | None,
    ) -> None:
        """`write`: takes what was said in the officer's own words; None where nothing can be added."""
        super().__init__(writes=write is not None)
        self._find, self._chosen, self._write = find, chosen, write
        self._soon = Clock.create_trigger(lambda _: self.search(), WAIT)
        for word in called:
            chip = Chip(text=word, tone="main", size_hint_x=None)
            chip.bind(on_release=lambda _, word=word: self.say(word))
            chip.width = max(dp(28) + sp(20) * len(word), dp(88))
            self.ids.called.add_widget(chip)
        self.search()

    def say(self, word: str) -> None:
        """One of the words that plants use was pressed."""
        self.ids.words.text = word
        self.search()

    def typed(self) -> None:
        """Something was typed: search soon, not at every stroke."""
        self._soon()

    def search(self) -> None:
        """Show what fits."""
        found, words = self.ids.found, self.ids.words.text.strip()
        found.clear_widgets()
        clauses = self._find(words)
        self.takes = self.writes and len(words) >= LEAST
        for clause in clauses:
            line = Line(
                title=clause.draft if clause.offence else f"{clause.code}　{clause.draft}",
                detail=f"依据：{clause.basis}",
                note=f"本次检查表以外：{clause.beyond}" if clause.beyond else "",
                tag=clause.word, tag_tone="quiet",
            )  # fmt: skip
            line.bind(on_release=lambda _, clause=clause: self._choose(clause))
            found.add_widget(line)
        if len(words) < LEAST:
            found.add_widget(Quiet(text="输入两个字以上，例如“灭火器”，或者点上面的说法。"))
        elif not clauses:
            own = "，或者按自己的话记入，再写明违反的规定" if self.writes else ""
            found.add_widget(Quiet(text=f"没有找到合适的条款。换一种说法再找{own}。"))

    def _choose(self, clause: Clause) -> None:
        self.dismiss(animation=False)
        self._chosen(clause)

    def take(self) -> None:
        """Nothing fits: it is a problem in the words that stand there."""
        words = self.ids.words.text.strip()
        self.dismiss(animation=False)
        if self._write is not None:
            self._write(words)


class ListsView(Above):
    """The check lists of the visit: one more is added, one gives way to its newer version."""

    def __init__(
        self,
        used: Sequence[ListLine],
        more: Sequence[ListLine],
        use: Callable[[str], None],
        leave: Callable[[str], None],
        *,
        fixed: bool,
    ) -> None:
        super().__init__()
        shown = self.ids.lists
        for one in used:
            card = Card(spacing=dp(8))
            card.add_widget(Words(text=one.title))
            card.add_widget(Quiet(text=one.detail))
            if one.newer and not fixed:
                card.add_widget(Quiet(text=one.change))
                card.add_widget(self._button("改用新版", use, one.newer, "main"))
            if one.leaves and not fixed:
                card.add_widget(self._button("不用这张检查表", leave, one.ref, "plain"))
            shown.add_widget(card)
        if more:
            shown.add_widget(Heading(text="再加一张"))
        for one in more:
            line = Line(title=one.title, detail=one.detail, tag=one.tag, tag_tone="main")
            line.bind(on_release=lambda _, ref=one.ref: self._choose(use, ref))
            shown.add_widget(line)

    def _button(self, text: str, act: Callable[[str], None], ref: str, tone: str) -> BigButton:
        button = BigButton(text=text, tone=tone)
        button.bind(on_release=lambda _: self._choose(act, ref))
        return button

    def _choose(self, act: Callable[[str], None], ref: str) -> None:
        self.dismiss(animation=False)
        act(ref)
