"""Devices: enrolled, reported, frozen, wiped (平板)."""
