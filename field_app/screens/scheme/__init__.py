"""The inspection scheme drafted at the plant (现场检查方案)."""
