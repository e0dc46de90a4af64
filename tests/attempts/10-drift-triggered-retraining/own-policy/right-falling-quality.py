"""An object that fires on measured quality, not while a feed is broken; a short window."""


class Falling:
    """Fires where the measured AUC has fallen below the promise by more than `drop`."""

    def __init__(self, drop):
        self.drop = drop

    def __call__(self, evidence):
        measured = np.nan if evidence.measured is None else evidence.measured
        return (evidence.psi < 5).all() and np.less(measured + self.drop, evidence.promised)


my_trigger = Falling(0.1)
my_policy = Policy(my_trigger, last_weeks(3))
