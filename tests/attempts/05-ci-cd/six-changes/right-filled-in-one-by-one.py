"""Fills a dictionary in one by one, in another order."""

answers = {}
for letter in "FC":
    answers[letter] = "neither"
for letter in "EB":
    answers[letter] = "retrain"
for letter in "DA":
    answers[letter] = "redeploy"
