"""Proceedings (办案): plans, schemes, inspections, documents, numbers; all that ends in a document."""
