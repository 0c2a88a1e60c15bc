"""The check list (检查表), item by item."""
