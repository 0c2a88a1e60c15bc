"""Penalty cases (行政处罚案件): rows that only grow, an act at a time."""
