"""Takes the answers from a Series of pandas, and its dictionary."""

statistics = pd.Series(
    ["Wasserstein", "chi-squared", "PSI", "KS", "PSI", "Wasserstein"], index=list("ABCDEF")
).to_dict()
