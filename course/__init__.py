"""An open certification course in MLOps that people do."""

__version__ = "0.1.0"
