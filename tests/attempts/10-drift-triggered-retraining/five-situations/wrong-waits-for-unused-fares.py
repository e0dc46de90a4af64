"""Takes a shift that the model does not see for a broken feed.

Caught by: five-situations-check-inputs
"""

answers = {
    "A": "fix the feed",
    "B": "fix the feed",
    "C": "retrain",
    "D": "roll back",
    "E": "wait",
}
