"""Print every example document into a folder: python -m paper FOLDER [--timing]."""

import argparse
import sys
from pathlib import Path

from paper import examples, font, timing
from paper.render import available, render


def main() -> None:
    """Render all examples with every renderer of this machine."""
    parser = argparse.ArgumentParser(prog="python -m paper", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--timing", action="store_true", help="time three pages, then stop")
    asked = parser.parse_args()
    faces = font.faces()
    if asked.timing:
        for renderer in available():
            took = timing.measure(renderer, faces)
            sys.stdout.write(
                f"{renderer}: render {took.render * 1000:.0f} ms, "
                f"compose + render {took.compose_and_render * 1000:.0f} ms "
                f"({took.ratio:.2f})\n"
            )
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    for code in examples.codes():
        given = examples.example(code)
        for renderer in available():
            path = asked.folder / f"{code}.{renderer}.pdf"
            path.write_bytes(
                render(given.composed(), renderer, issued_at=given.issued_at, faces=faces)
            )
            sys.stdout.write(f"{path}  {given.template.name}\n")


if __name__ == "__main__":
    main()
