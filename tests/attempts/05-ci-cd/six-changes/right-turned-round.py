"""Turns a table of words and their changes round."""

ways = {"retrain": "BE", "redeploy": "AD", "neither": "CF"}
answers = {letter: way for way, letters in ways.items() for letter in letters}
