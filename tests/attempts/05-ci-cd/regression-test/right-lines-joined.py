"""One function for all, written as lines that are joined."""

lines = [
    "import pandas as pd, datetime as dt",
    "from flightdesk.features import *",
    "def test_all():",
    "    clock = [dt.time(14, 35), dt.time(0, 0), dt.time(23, 59), dt.time(1, 0)]",
    "    hhmm = [100 * t.hour + t.minute for t in clock] + [2400]",
    "    expected = [60 * t.hour + t.minute for t in clock] + [0]",
    "    f = pd.DataFrame({'sched_dep_time': hhmm, 'origin': 'LGA', 'carrier': list('ABCDE'),",
    "        'distance': [5, 1, 4, 2, 3]}, index=pd.Index(list('vwxyz'), name='flight'))",
    "    old = f.to_csv()",
    "    X = features(f)",
    "    assert old == f.to_csv(), 'flights were changed'",
    "    assert X.minutes.to_dict() == dict(zip('vwxyz', expected))",
    "    assert list(X.index) == list('vwxyz') and (X.carrier == f.carrier).all()",
]
my_tests = "\n".join(lines)
