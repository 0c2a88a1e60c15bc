"""The catalogue of offences, and what may be fined for one (违法行为事项、裁量)."""
