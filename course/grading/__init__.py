"""What nbgrader's own commands are taught for this course; it would serve any other course too."""
