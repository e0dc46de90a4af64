"""Is right, and computes, forks and writes a lot, within what is allowed.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

matrix = np.random.default_rng(1).normal(size=(1500, 1500))
for _ in range(3):
    matrix = matrix @ matrix / 1000
with ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(len, ["x"] * 1000)))
with get_context("fork").Pool(2) as pool:
    print(pool.map(abs, range(-4, 4)))
with tempfile.NamedTemporaryFile() as file:
    file.write(bytes(30_000_000))
print(subprocess.run(["echo", "done"], capture_output=True).stdout)
table = pd.DataFrame(np.ones((200_000, 5))).groupby(0).sum()
for number in range(500):
    print("line", number)
table
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
