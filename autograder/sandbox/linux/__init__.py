"""The wall itself, which needs Linux: no other module may use what only Linux has. `inside/` is its inner end."""
