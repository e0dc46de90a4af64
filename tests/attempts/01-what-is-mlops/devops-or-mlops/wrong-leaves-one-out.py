"""Forgets the last practice (J).

Caught by: devops-or-mlops-check-before, devops-or-mlops-check-after
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "DevOps",
    "D": "DevOps",
    "E": "MLOps",
    "F": "MLOps",
    "G": "DevOps",
    "H": "MLOps",
    "I": "DevOps",
}
