"""Tries every minute of the day, in a class, and flights drawn at random."""

my_tests = """
import unittest

import numpy as np
import pandas as pd
from flightdesk import features as module


class Promises(unittest.TestCase):
    def test_day(self):
        day = [(h, m) for h in range(24) for m in range(60)] + [(24, 0)]
        found = module.minutes(pd.Series([100 * h + m for h, m in day]))
        for minutes, (h, m) in zip(found, day):
            self.assertEqual(minutes, (60 * h + m) % 1440)

    def test_rows(self):
        rng = np.random.default_rng()
        n = 50
        table = pd.DataFrame(
            {
                "origin": rng.choice(["EWR", "JFK", "LGA"], n),
                "carrier": rng.choice(["AA", "DL"], n),
                "distance": rng.permutation(1000)[:n],
                "sched_dep_time": rng.permutation(24)[rng.integers(0, 24, n)] * 100 + 5,
            },
            index=rng.permutation(n) + 7,
        )
        same = table.copy()
        inputs = module.features(table)
        self.assertTrue(table.equals(same))
        self.assertEqual(inputs["distance"].to_dict(), same["distance"].to_dict())
        self.assertEqual(list(inputs.index), list(same.index))
"""
