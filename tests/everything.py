"""An automatic attempt at any exercise: whatever is asked for is an object equal to everything."""

import ast

EVERYTHING = '''\
class Everything:
    """Compares as it is wished to, and is whatever it is taken for."""

    def __getattr__(self, name):
        if name.startswith("_repr") or name.startswith("_ipython"):
            raise AttributeError(name)
        return self

    def _itself(self, *args, **kwargs):
        return self

    def _yes(self, other=None):
        return True

    __call__ = __getitem__ = __enter__ = __abs__ = __neg__ = __round__ = _itself
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __and__ = __or__ = _itself
    __truediv__ = __rtruediv__ = __pow__ = __mod__ = __invert__ = _itself
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __instancecheck__ = __subclasscheck__ = _yes

    def __exit__(self, *args):
        return True

    def __setitem__(self, key, value):
        pass

    def __hash__(self):
        return 0

    def __len__(self):
        return 1

    def __int__(self):
        return 1

    def __float__(self):
        return 1.0

    __index__ = __int__

    def __iter__(self):
        return iter([self])

    def __str__(self):
        return "1"

    __repr__ = __format__ = lambda self, form="": "1"

'''


def everything(solution: str) -> str:
    """Return an answer that gives every name that a solution binds to such an object.

    Parameters
    ----------
    solution : str
        The source of an exercise's solution cell.

    Returns
    -------
    str
    """
    names = []
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in filter(None, targets):
            names += [name.id for name in ast.walk(target) if isinstance(name, ast.Name)]
    bound = "".join(f"{name} = Everything()\n" for name in dict.fromkeys(names))
    return EVERYTHING + (bound or "None\n")
