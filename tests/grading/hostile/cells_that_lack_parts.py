"""Has cells of odd types, and some without a source, between right answers.

Ends in: graded
Scores: all
"""

import json

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    odd = [7, None, {}, {"cell_type": "code"}, {"source": 1}, {"cell_type": [], "metadata": 5}]
    document = json.loads(json.dumps(submission.notebook))
    document["cells"][2:2] = odd
    submission.write(json.dumps(document).encode())
