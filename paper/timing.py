"""How long a document takes: drawing alone, against composing and drawing."""

from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from paper import examples, font
from paper.render import Renderer, render


@dataclass(frozen=True, slots=True)
class Timing:
    """Medians in seconds for one document of three pages."""

    renderer: Renderer
    render: float
    compose_and_render: float

    @property
    def ratio(self) -> float:
        """What composing adds: composing and drawing over drawing alone."""
        return self.compose_and_render / self.render


def three_pages() -> examples.Example:
    """An inspection record (现场检查记录) with enough in it for three sheets."""
    given = examples.example("inspection-record")
    situation = "\n".join([given.data["situation"]] * 13)
    return replace(given, data={**given.data, "situation": situation}, signatures=())


def measure(renderer: Renderer, faces: font.Faces, times: int = 5) -> Timing:
    """Time three pages with one renderer, `times` times, after a warm-up."""
    given = three_pages()
    document = given.composed()
    render(document, renderer, issued_at=given.issued_at, faces=faces)
    alone, both = [], []
    for _ in range(times):
        start = perf_counter()
        render(document, renderer, issued_at=given.issued_at, faces=faces)
        alone.append(perf_counter() - start)
        start = perf_counter()
        render(given.composed(), renderer, issued_at=given.issued_at, faces=faces)
        both.append(perf_counter() - start)
    return Timing(renderer, median(alone), median(both))
