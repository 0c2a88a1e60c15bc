"""Figures frozen on the due day (考核快照), and the ranking that is published of them (通报)."""
