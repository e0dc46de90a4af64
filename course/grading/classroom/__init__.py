"""`mlops-course grade`: all submissions of an assignment side by side, and one writer."""
