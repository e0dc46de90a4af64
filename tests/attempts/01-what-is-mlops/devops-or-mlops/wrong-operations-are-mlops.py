"""Takes servers, alarms and passwords for the part of MLOps that operates (C, G, I).

Caught by: devops-or-mlops-check-before, devops-or-mlops-check-after
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "MLOps",
    "D": "DevOps",
    "E": "MLOps",
    "F": "MLOps",
    "G": "MLOps",
    "H": "MLOps",
    "I": "MLOps",
    "J": "MLOps",
}
