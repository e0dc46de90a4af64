"""Zips letters and words, and writes them large."""

words = np.array(["Fix the feed", "Nothing", "Retrain", "Roll back", "Wait"])
answers = dict(zip("ABCDE", words))
