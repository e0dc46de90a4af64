"""Letters and digits zipped."""

levels = {}
for team, level in zip("ABCDEFGH", "01201021"):
    levels[team] = int(level)
