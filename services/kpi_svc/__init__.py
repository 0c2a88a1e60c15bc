"""kpi_svc: figures (考核). Facts followed from the other feeds, indicators computed from content."""
