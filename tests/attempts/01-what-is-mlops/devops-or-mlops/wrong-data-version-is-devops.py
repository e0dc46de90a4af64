"""Takes the version of the data for ordinary versioning (B).

Caught by: devops-or-mlops-check-before
"""

practices = {
    "A": "DevOps",
    "B": "DevOps",
    "C": "DevOps",
    "D": "DevOps",
    "E": "MLOps",
    "F": "MLOps",
    "G": "DevOps",
    "H": "MLOps",
    "I": "DevOps",
    "J": "MLOps",
}
