"""Live figures: one module a widget, all of them on the shell of `course.widgets.explorer`."""
