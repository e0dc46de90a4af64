"""The promotion gate: may the challenger replace the model in production?"""

import json
import sys
from pathlib import Path

import pandas as pd

from flightdesk import deploy
from flightdesk.rule import may_promote


def main() -> None:
    """Print both models' metrics and the verdict, and fail if it is no."""
    challenger = pd.DataFrame(json.loads(Path("artifacts/facts.json").read_text())["metrics"]).T
    release = deploy.current("production")
    if release is None:
        print("Nothing is in production yet: the first model may go there.")
        return
    champion = pd.DataFrame(release["metrics"]).T
    both = {"champion": champion, "challenger": challenger}
    print(pd.concat(both, axis=1).to_string())
    promoted = may_promote(champion, challenger)
    print("The challenger may replace the champion." if promoted else "The champion stays.")
    sys.exit(0 if promoted else 1)


if __name__ == "__main__":
    main()
