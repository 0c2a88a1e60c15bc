"""Indicators (考核指标): defined in content, computed by PostgreSQL, opened into their records."""
