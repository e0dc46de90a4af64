"""DevOps unless it is among those that data and models add."""

added = {"B", "E", "F", "H", "J"}
practices = {letter: "MLOps" if letter in added else "DevOps" for letter in "ABCDEFGHIJ"}
