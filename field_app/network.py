"""What kind of network the device is on. On a desk ZHIFA_METERED=1 stands in for a mobile one."""

import os
import sys
from importlib import import_module


def metered() -> bool:
    """Whether what is sent now is paid by the byte: Android says so of most mobile networks."""
    if hasattr(sys, "getandroidapilevel"):
        autoclass = import_module("jnius").autoclass
        activity = autoclass("org.kivy.android.PythonActivity").mActivity
        context = autoclass("android.content.Context")
        manager = activity.getSystemService(context.CONNECTIVITY_SERVICE)
        return bool(manager.isActiveNetworkMetered())
    return os.environ.get("ZHIFA_METERED") == "1"
