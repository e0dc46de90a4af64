"""Takes the refusal for one airport for an ordinary test (H).

Caught by: devops-or-mlops-check-before
"""

practices = {
    "A": "DevOps",
    "B": "MLOps",
    "C": "DevOps",
    "D": "DevOps",
    "E": "MLOps",
    "F": "MLOps",
    "G": "DevOps",
    "H": "DevOps",
    "I": "DevOps",
    "J": "MLOps",
}
