"""Hand an issued document to whatever prints here: the desk's viewer, or Android's downloads."""

import shutil
import sys
import webbrowser
from pathlib import Path


def hand_over(document: Path, name: str) -> Path:
    """Open a PDF where it can be printed; where it now lies. `name`: what a person will look for."""
    if hasattr(sys, "getandroidapilevel"):
        from plyer import storagepath

        place = Path(storagepath.get_downloads_dir()) / f"{name}.pdf"
        shutil.copyfile(document, place)
        return place
    webbrowser.open(document.resolve().as_uri())
    return document
