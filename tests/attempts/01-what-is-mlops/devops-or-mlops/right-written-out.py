"""One line for each practice."""

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
    "J": "MLOps",
}
