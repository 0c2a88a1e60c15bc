"""Document numbers (文号): one series a unit, document and year; leases for tablets (文号段)."""
