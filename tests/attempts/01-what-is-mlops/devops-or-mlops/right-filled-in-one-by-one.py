"""Starts with an empty dictionary and fills it in."""

practices = {}
for p in ["A", "C", "D", "G", "I"]:
    practices[p] = "DevOps"
for p in ["B", "E", "F", "H", "J"]:
    practices[p] = "MLOps"
