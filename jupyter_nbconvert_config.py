"""How nbconvert shows the lessons."""

c = get_config()  # noqa: F821 - nbconvert defines it when it runs this file

# Without its stored state a widget is shown as its figure and sentence. With it, the page would
# fetch the widget from the network, and show nothing where there is none.
c.ExecutePreprocessor.store_widget_state = False
