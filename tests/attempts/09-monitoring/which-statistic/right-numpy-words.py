"""The words of a numpy array, which are numpy's own strings."""

words = np.array(["PSI", "KS", "chi-squared", "Wasserstein"])
statistics = dict(zip("ABCDEF", words[[3, 2, 0, 1, 0, 3]]))
