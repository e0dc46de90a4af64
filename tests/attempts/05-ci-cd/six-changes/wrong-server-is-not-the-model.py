"""Leaves the web server alone, since the model is as it was.

Caught by: six-changes-check-around
"""

answers = {
    "A": "redeploy",
    "B": "retrain",
    "C": "neither",
    "D": "neither",
    "E": "retrain",
    "F": "neither",
}
