"""What a learner has got done, and how it is carried to another machine."""
