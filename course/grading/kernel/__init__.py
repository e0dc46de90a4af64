"""Kernels for code written by strangers: forked warm, and each in a sandbox of its own.

Use them for whatever runs a notebook by `nbclient`::

    from course.grading.kernel.manager import ContainedKernelManager
    from course.grading.kernel.start import refusal

    if sentence := refusal(config):
        raise SystemExit(sentence)
    Execute(kernel_manager_class=ContainedKernelManager, config=config).preprocess(nb, resources)

Settings are those of `KernelSettings`, for example `c.ContainedProvisioner.memory`.
"""
