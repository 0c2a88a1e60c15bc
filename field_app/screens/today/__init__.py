"""Today (今日): where an officer's day begins."""
