"""Takes continuous training for a nightly build (F).

Caught by: devops-or-mlops-check-after
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "DevOps",
    "D": "DevOps",
    "E": "MLOps",
    "F": "DevOps",
    "G": "DevOps",
    "H": "MLOps",
    "I": "DevOps",
    "J": "MLOps",
}
