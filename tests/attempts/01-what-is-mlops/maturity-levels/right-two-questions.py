"""Asks the lesson's two questions of each team, and counts the answers."""

pipeline_trains = dict(A=False, B=True, C=True, D=False, E=True, F=False, G=True, H=True)
pipeline_released = dict(A=False, B=False, C=True, D=False, E=False, F=False, G=True, H=False)
levels = {team: int(pipeline_trains[team]) + int(pipeline_released[team]) for team in "ABCDEFGH"}
