"""Turns a table of actions and their situations round."""

actions = {"retrain": "C", "fix the feed": "A", "roll back": "D", "wait": "E", "nothing": "B"}
answers = {letter: action for action, letter in actions.items()}
