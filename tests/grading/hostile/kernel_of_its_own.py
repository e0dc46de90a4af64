"""Names another kernel, and one that does not exist, in the notebook's metadata.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.notebook.metadata = {
        "kernelspec": {"name": "../../evil", "display_name": "Evil"},
        "language_info": {"name": "bash"},
    }
