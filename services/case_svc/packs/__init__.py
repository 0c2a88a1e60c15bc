"""Content packs as tablets pull them (检查表、文书样式等内容包)."""
