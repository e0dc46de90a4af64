"""Takes the canary for an invention of MLOps (D).

Caught by: devops-or-mlops-check-after
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "DevOps",
    "D": "MLOps",
    "E": "MLOps",
    "F": "MLOps",
    "G": "DevOps",
    "H": "MLOps",
    "I": "DevOps",
    "J": "MLOps",
}
