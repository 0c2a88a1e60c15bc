"""What a hand and a camera leave on a tablet, for the day: strokes and a photo, both invented."""

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1200


def strokes(name: str) -> list[list[list[int]]]:
    """A scribble of a few strokes for each character; the same name gives the same hand."""
    chance = random.Random(name)
    made: list[list[list[int]]] = []
    for place in range(len(name)):
        left = place * 110
        for _ in range(chance.randint(3, 5)):
            x, y = left + chance.randint(0, 40), chance.randint(0, 70)
            bend, reach = chance.uniform(-1.2, 1.2), chance.randint(30, 80)
            turn = chance.uniform(0, math.pi / 2)
            made.append([
                [
                    int(x + reach * t / 10 * math.cos(turn + bend * t / 10)),
                    int(y + reach * t / 10 * math.sin(turn + bend * t / 10)),
                ]
                for t in range(11)
            ])  # fmt: skip
    return made


def photo(seed: str) -> bytes:
    """A photo of a notice board with nothing on it: grain as from a sensor, some 2 MB of JPEG."""
    chance = random.Random(seed)
    grain = Image.frombytes("L", (WIDTH, HEIGHT), chance.randbytes(WIDTH * HEIGHT))
    wall = Image.merge(
        "RGB",
        [grain.point([int(base + value / 5) for value in range(256)]) for base in (150, 146, 138)],
    )
    draw = ImageDraw.Draw(wall)
    draw.rectangle((220, 180, 1380, 980), fill=(222, 220, 212), outline=(90, 70, 50), width=18)
    draw.rectangle((300, 260, 620, 400), fill=(196, 60, 48))
    for row in range(5):
        draw.line((300, 480 + row * 90, 1300, 480 + row * 90), fill=(170, 168, 160), width=4)
    out = BytesIO()
    wall.save(out, "JPEG", quality=97, subsampling=0)
    return out.getvalue()
