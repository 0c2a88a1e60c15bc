"""Visits called off (未能检查): why an inspection that was begun was not carried out."""
