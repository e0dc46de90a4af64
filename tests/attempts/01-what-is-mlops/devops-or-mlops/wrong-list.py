"""Answers with a list.

Caught by: devops-or-mlops-check-before, devops-or-mlops-check-after
"""

practices = ["DevOps", "MLOps", "DevOps", "DevOps", "MLOps"]
practices += ["MLOps", "DevOps", "MLOps", "DevOps", "MLOps"]
