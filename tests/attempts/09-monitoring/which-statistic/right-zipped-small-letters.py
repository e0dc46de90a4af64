"""Letters and answers zipped, in small letters, in another order."""

letters = ["F", "E", "D", "C", "B", "A"]
answers = ["wasserstein", "psi", "ks", "psi", "chi-squared", "wasserstein"]
statistics = dict(zip(letters, answers))
