"""`dict` with keywords."""

levels = dict(A=0, B=1, C=2, D=0, E=1, F=0, G=2, H=1)
