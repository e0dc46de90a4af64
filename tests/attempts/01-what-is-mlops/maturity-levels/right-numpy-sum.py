"""Adds two arrays of answers to the two questions."""

trains_itself = np.array([0, 1, 1, 0, 1, 0, 1, 1])
releases_itself = np.array([0, 0, 1, 0, 0, 0, 1, 0])
levels = dict(zip("ABCDEFGH", trains_itself + releases_itself))
