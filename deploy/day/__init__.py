"""A day of the bureau, played through the one door: what `make demo` shows and one test repeats."""
