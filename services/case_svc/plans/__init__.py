"""Annual inspection plans (年度监督检查计划) and planned inspections (计划内检查)."""
