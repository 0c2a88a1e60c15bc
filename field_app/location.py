"""Where the tablet is. On Android by satellites; on a desk ZHIFA_LOCATION ("35.60,110.71")."""

import os
import sys
from collections.abc import Callable
from typing import Any

from field_app import permits
from field_app.wire import Location

DATUM = "WGS84"
"""What satellites speak. Chinese maps shift it; what is kept is what was measured."""


def listen(found: Callable[[Location], None]) -> Callable[[], None]:
    """Tell each place that is found, until the returned function is called."""
    if hasattr(sys, "getandroidapilevel"):

        def told(**given: Any) -> None:  # noqa: ANN401 - plyer's own keywords
            found(_place(given["lat"], given["lon"], given.get("accuracy") or 0.0))

        def start() -> None:
            from plyer import gps

            gps.configure(on_location=told)
            gps.start(minTime=5000, minDistance=0)
            stops.append(gps.stop)

        # Empty until the user has let us know where we are.
        stops: list[Callable[[], None]] = []
        permits.when_permitted(permits.PLACE, start)

        def stop() -> None:
            for one in stops:
                one()

        return stop
    if place := os.environ.get("ZHIFA_LOCATION"):
        lat, _, lon = place.partition(",")
        found(_place(float(lat), float(lon), 0.0))
    return lambda: None


def _place(lat: float, lon: float, accuracy: float) -> Location:
    return {
        "lat": round(lat, 7),
        "lon": round(lon, 7),
        "accuracy": round(accuracy, 1),
        "datum": DATUM,
    }
