"""Hand an issued document to whatever prints here: the desk's viewer, or an app of the tablet.

What is handed over is a plain copy that the store lends (`Files.lend`): it goes with the plant, with
whoever signs out and when the device is wiped. It never lies where other apps look by themselves.
"""

import sys
import webbrowser
from importlib import import_module
from pathlib import Path
from typing import Any

from lawbook.refusal import Refusal

PROVIDER = "fileprovider"
"""Behind the app's name: who serves our files to an app that was handed one (buildozer.spec)."""
PDF = "application/pdf"


class PrinterMissing(Refusal):
    """A device with nothing that opens a PDF."""

    code = "printer-missing"
    title = "本机没有能打开或打印 PDF 的应用"
    next_step = "安装打印应用后再试；文书送达后也可在办公室打印"


def hand_over(lent: Path) -> None:
    """Open a PDF that was lent, where it can be printed. Refuses PrinterMissing."""
    if hasattr(sys, "getandroidapilevel"):
        _offer(lent)
    elif not webbrowser.open(lent.resolve().as_uri()):
        raise PrinterMissing


def _offer(lent: Path) -> None:
    """Let another app read this one file, for as long as it shows it."""
    java: Any = import_module("jnius")
    try:
        activity = java.autoclass("org.kivy.android.PythonActivity").mActivity
        provider = java.autoclass("androidx.core.content.FileProvider")
        file = java.autoclass("java.io.File")(str(lent))
        uri = provider.getUriForFile(activity, f"{activity.getPackageName()}.{PROVIDER}", file)
        intents = java.autoclass("android.content.Intent")
        intent = intents(intents.ACTION_VIEW)
        intent.setDataAndType(uri, PDF)
        intent.addFlags(intents.FLAG_GRANT_READ_URI_PERMISSION)
        activity.startActivity(intent)
    except java.JavaException as error:
        raise PrinterMissing from error
