"""Everything that an ML team does is MLOps.

Caught by: devops-or-mlops-check-before, devops-or-mlops-check-after
"""

practices = dict.fromkeys("ABCDEFGHIJ", "MLOps")
