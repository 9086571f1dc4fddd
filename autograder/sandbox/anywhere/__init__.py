"""Programs without a wall, on any machine that has Python: for one's own programs only. `inside/` is its inner end."""
