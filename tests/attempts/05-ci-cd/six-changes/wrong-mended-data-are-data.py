"""Mended data change nothing, since no code was changed.

Caught by: six-changes-check-model
"""

answers = {
    "A": "redeploy",
    "B": "neither",
    "C": "neither",
    "D": "redeploy",
    "E": "retrain",
    "F": "neither",
}
