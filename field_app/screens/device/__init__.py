"""This device: enrolled or not, and how it stands (本机)."""
