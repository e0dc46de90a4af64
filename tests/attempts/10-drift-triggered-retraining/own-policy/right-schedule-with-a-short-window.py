"""A schedule that learns from the newest weeks only: it pays on these worlds, too."""

my_trigger = every(8)
my_policy = Policy(trigger=my_trigger, strategy=lambda newest: newest - 1, cooldown=8)
