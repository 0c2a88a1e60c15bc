"""Archived cases (案卷): sealed as a BagIt package, read only with a trace, verified at any time."""
