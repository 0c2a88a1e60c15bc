"""Facts behind the figures, followed from the other services' feeds: a compact row for each subject."""
