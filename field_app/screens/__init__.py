"""The screens: in each folder `view` says what to show, `screen` holds widgets and events."""
