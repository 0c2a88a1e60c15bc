"""On-site inspections (现场检查) and the hazards found (事故隐患)."""
