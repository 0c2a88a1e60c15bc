"""Re-inspections (整改复查)."""
