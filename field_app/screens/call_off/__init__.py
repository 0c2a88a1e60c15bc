"""A visit that cannot be carried out: why."""
