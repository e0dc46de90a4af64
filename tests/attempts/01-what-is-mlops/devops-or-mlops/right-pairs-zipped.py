"""Letters and answers zipped, in small letters."""

letters = "ABCDEFGHIJ"
answers = ["devops", "mlops", "devops", "devops", "mlops"]
answers += ["mlops", "devops", "mlops", "devops", "mlops"]
practices = dict(zip(letters, answers))
