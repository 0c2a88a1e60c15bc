"""What was found out about forked journals and handovers (信件核查结论)."""
