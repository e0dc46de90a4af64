"""Takes the comparison of inputs for ordinary monitoring (E).

Caught by: devops-or-mlops-check-after
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "DevOps",
    "D": "DevOps",
    "E": "DevOps",
    "F": "MLOps",
    "G": "DevOps",
    "H": "MLOps",
    "I": "DevOps",
    "J": "MLOps",
}
