"""Who may speak with whom by network policies, as Kubernetes decides it."""

from typing import NamedTuple

NAME = "kubernetes.io/metadata.name"  # a label that every namespace has


class Pod(NamedTuple):
    """A pod, or what is outside of the cluster and in no namespace."""

    namespace: str
    labels: dict[str, str]


def allowed(policies: list[dict], source: Pod, target: Pod, port: int) -> bool:
    """Tell whether one pod reaches a port of another: both sides have to let it."""
    return _lets(policies, "egress", source, target, port) and _lets(
        policies, "ingress", target, source, port
    )


def _lets(policies: list[dict], way: str, pod: Pod, peer: Pod, port: int) -> bool:
    """Tell whether one side lets it; a pod that no policy is for lets everything."""
    own = [
        policy["spec"]
        for policy in policies
        if policy["metadata"]["namespace"] == pod.namespace
        and way.capitalize() in policy["spec"]["policyTypes"]
        and _selects(policy["spec"]["podSelector"], pod.labels)
    ]
    rules = [rule for spec in own for rule in spec.get(way, [])]
    return not own or any(_fits(rule, pod.namespace, peer, port) for rule in rules)


def _fits(rule: dict, namespace: str, peer: Pod, port: int) -> bool:
    """Tell whether a rule is for a peer and a port; one that names none of them is for all."""
    peers = rule.get("from") or rule.get("to")
    ports = [each["port"] for each in rule.get("ports", [])]
    is_for_peer = not peers or any(_is_of(each, namespace, peer) for each in peers)
    return is_for_peer and (not ports or port in ports)


def _is_of(named: dict, namespace: str, peer: Pod) -> bool:
    if "ipBlock" in named:  # who has which address is not known here
        return True
    if not peer.namespace:
        return False
    spaces = named.get("namespaceSelector", {"matchLabels": {NAME: namespace}})
    return _selects(spaces, {NAME: peer.namespace}) and _selects(
        named.get("podSelector", {}), peer.labels
    )


def _selects(selector: dict, labels: dict[str, str]) -> bool:
    assert set(selector) <= {"matchLabels"}, "other selectors are not read here"
    return selector.get("matchLabels", {}).items() <= labels.items()
