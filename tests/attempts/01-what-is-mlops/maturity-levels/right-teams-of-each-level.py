"""Turns around which teams stand on each level."""

teams = {0: ["A", "D", "F"], 1: ["B", "E", "H"], 2: ["C", "G"]}
levels = {team: level for level in teams for team in teams[level]}
