"""Pictures from bytes in memory: what is sealed on disk is shown without a plain copy there."""

from io import BytesIO

from kivy.cache import Cache
from kivy.core.image import Image as Loaded
from kivy.uix.image import Image

_CACHES = ("kv.image", "kv.texture")


def picture(data: bytes, name: str, **given: object) -> Image:
    """A picture. `name`: what it is known by in Kivy's memory, its extension telling its kind."""
    loaded = Loaded(BytesIO(data), ext=name.rpartition(".")[2], filename=name)
    return Image(texture=loaded.texture, **given)


def forget() -> None:
    """Let go of every picture that Kivy keeps in memory."""
    for cache in _CACHES:
        Cache.remove(cache)
