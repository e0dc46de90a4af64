"""Lets an import in a check find something else by a finder of its own.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import importlib.abc
import importlib.util
import sys

class Loader(importlib.abc.Loader):
    def exec_module(self, module):
        module.isclose = lambda *args, **kwargs: True

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "math":
            return importlib.util.spec_from_loader(name, Loader())

sys.meta_path.insert(0, Finder())
sys.modules.pop("math")
import math
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
