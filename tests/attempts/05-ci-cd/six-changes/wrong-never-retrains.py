"""Whatever is new is deployed.

Caught by: six-changes-check-around, six-changes-check-model
"""

answers = {
    "A": "redeploy",
    "B": "redeploy",
    "C": "redeploy",
    "D": "redeploy",
    "E": "redeploy",
    "F": "redeploy",
}
