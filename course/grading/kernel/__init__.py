"""Kernels for code written by strangers: forked warm, and each in a sandbox of its own.

Use them for whatever runs a notebook by `nbclient`::

    from course.grading.kernel import ContainedKernelManager, refusal

    if sentence := refusal(config):
        raise SystemExit(sentence)
    Execute(kernel_manager_class=ContainedKernelManager, config=config).preprocess(nb, resources)

Settings are those of `ContainedProvisioner`, for example `c.ContainedProvisioner.memory`.
"""

from course.grading.kernel.manager import ContainedKernelManager
from course.grading.kernel.provisioner import ContainedProvisioner, refusal, trouble
from course.grading.kernel.warm import KernelError

__all__ = [
    "ContainedKernelManager",
    "ContainedProvisioner",
    "KernelError",
    "refusal",
    "trouble",
]
