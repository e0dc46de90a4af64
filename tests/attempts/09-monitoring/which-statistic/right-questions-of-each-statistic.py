"""Lists the questions of each statistic and turns the table round."""

answers = {"PSI": "CE", "KS": "D", "chi-squared": "B", "Wasserstein": "AF"}
statistics = {letter: word for word, letters in answers.items() for letter in letters}
