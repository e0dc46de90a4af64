"""Fills a dictionary in one by one, in another order."""

answers = {}
answers["E"] = "wait"
answers["D"] = "roll back"
answers["C"] = "retrain"
answers["B"] = "nothing"
answers["A"] = "fix the feed"
