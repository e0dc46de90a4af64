"""Deploys the new features with a model that learned from the old ones.

Caught by: six-changes-check-model
"""

answers = {
    "A": "redeploy",
    "B": "retrain",
    "C": "neither",
    "D": "redeploy",
    "E": "redeploy",
    "F": "neither",
}
