"""Inspection schemes (现场检查方案): drafted, reviewed, approved."""
