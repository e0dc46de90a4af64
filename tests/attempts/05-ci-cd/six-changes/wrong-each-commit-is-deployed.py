"""Deploys a test and a README, since each commit is deployed.

Caught by: six-changes-check-around
"""

answers = {
    "A": "redeploy",
    "B": "retrain",
    "C": "redeploy",
    "D": "redeploy",
    "E": "retrain",
    "F": "redeploy",
}
