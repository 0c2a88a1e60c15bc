"""A re-inspection (整改复查), hazard by hazard."""
