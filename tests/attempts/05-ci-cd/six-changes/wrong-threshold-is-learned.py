"""Takes the threshold for something that the model has learned.

Caught by: six-changes-check-around
"""

answers = {
    "A": "retrain",
    "B": "retrain",
    "C": "neither",
    "D": "redeploy",
    "E": "retrain",
    "F": "neither",
}
