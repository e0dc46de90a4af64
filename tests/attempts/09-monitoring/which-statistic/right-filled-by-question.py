"""Starts with an empty dictionary and fills it, statistic by statistic."""

statistics = {}
for question in "AF":
    statistics[question] = "Wasserstein"
for question in "CE":
    statistics[question] = "PSI"
statistics["B"] = "chi-squared"
statistics["D"] = "KS"
