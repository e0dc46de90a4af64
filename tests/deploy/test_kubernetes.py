"""deploy/kubernetes: what its files make is what Kubernetes takes, and what a safe class needs."""

from itertools import product
from types import SimpleNamespace

import kubernetes_validate
import pytest
import yaml
from dask_gateway_server.auth import JupyterHubAuthenticator
from dask_gateway_server.backends.base import ClusterConfig
from dask_gateway_server.backends.kubernetes.backend import KubeClusterConfig
from dask_gateway_server.backends.kubernetes.controller import KubeController
from jupyterhub.app import JupyterHub
from jupyterhub.auth import Authenticator
from jupyterhub.scopes import scope_definitions
from jupyterhub.services.service import Service
from kubespawner import KubeSpawner
from traitlets.config import Config

from course.grading.kernel.settings import KernelSettings
from tests.deploy.charts import FOLDER, Values, documents, gateway, hub, pod_by
from tests.deploy.network import Pod, allowed

VERSIONS = ["1.33", "1.37"]  # the first with user namespaces for all, and the newest known here
FILES = ["volumes.yaml", "course.yaml", "network.yaml"]
PORTS = {53, 443, 8000, 8081, 8786, 8788, 9999, 40000}  # those that are named, and others


def valid(thing: dict) -> None:
    """See that Kubernetes knows every field, by its own schema."""
    for version in VERSIONS:
        assert kubernetes_validate.validate(thing, version, strict=True) == version


def known(c: Config, classes: list[type]) -> None:
    """See that every setting is one that its class has."""
    for each in classes:
        assert set(c[each.__name__]) - set(each.class_trait_names(config=True)) == set()


@pytest.fixture
def values():
    return Values(documents("values.yaml")[0], documents("people.yaml")[0])


@pytest.fixture
def workers():
    return Values(documents("dask-gateway.yaml")[0])


def pod_of(values: Values, who: str) -> dict:
    """Return the pod of somebody."""
    return pod_by(hub(values), who)


def grading_pod(values: Values, *, is_worker: bool = True) -> dict:
    """Return the pod that the real dask-gateway makes for a worker, or for a scheduler."""
    c = gateway(values)
    known(c, [KubeClusterConfig])
    config = KubeClusterConfig(config=c)
    controller = KubeController(config=c)
    return controller.make_pod("mlops-grading", "cluster", config, is_worker=is_worker)


@pytest.mark.parametrize("name", FILES)
def test_every_object_is_one_that_kubernetes_knows(name):
    found = documents(name)
    assert found
    for thing in found:
        valid(thing)


def test_every_value_is_one_that_the_charts_were_read_to_take(values, workers):
    known(hub(values), [JupyterHub, Authenticator, KubeSpawner])
    assert values.unread() == []
    known(gateway(workers), [KubeClusterConfig, ClusterConfig, JupyterHubAuthenticator])
    assert workers.unread() == []


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("course.yaml", "automountServiceAccountToken", "automountServiceAcountToken"),
        ("course.yaml", "secretKeyRef", "secretKeyReference"),
        ("network.yaml", "policyTypes", "policyType"),
        ("volumes.yaml", "accessModes: [ReadWriteMany]", "accessModes: ReadWriteMany"),
    ],
)
def test_a_misspelt_field_of_an_object_is_found(name, right, wrong):
    text = (FOLDER / name).read_text()
    assert right in text
    with pytest.raises(kubernetes_validate.ValidationError):
        for thing in yaml.safe_load_all(text.replace(right, wrong)):
            valid(thing)


@pytest.mark.parametrize(
    ("make", "name", "right", "wrong"),
    [
        (hub, "values.yaml", "extraVolumes:", "extraVolume:"),
        (hub, "values.yaml", "nonPrivateIPs", "nonPrivateIps"),
        (hub, "values.yaml", "limit: 2G", "limits: 2G"),
        (gateway, "dask-gateway.yaml", "threads:", "nthreads:"),
        (gateway, "dask-gateway.yaml", "extraPodConfig", "podConfig"),
    ],
)
def test_a_misspelt_value_is_left_over(make, name, right, wrong):
    text = (FOLDER / name).read_text()
    assert right in text
    values = Values(yaml.safe_load(text.replace(right, wrong)), documents("people.yaml")[0])
    make(values)
    mine = [key for key in values.unread() if wrong.split(":")[0] in key]
    assert mine


def test_the_hubs_own_objects_that_values_hold_are_valid(values):
    policy = {"podSelector": {}, "ingress": values.get_config("hub.networkPolicy.ingress")}
    valid({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
           "metadata": {"name": "hub"}, "spec": policy})  # fmt: skip
    c = hub(values)
    for role in c.JupyterHub.load_roles:
        for scope in role["scopes"]:
            assert scope.partition("!")[0] in scope_definitions
    for service in c.JupyterHub.services:
        assert set(service) - set(Service.class_trait_names(input=True)) == set()


def test_a_students_server_is_valid_and_runs_as_the_student(values):
    pod = pod_of(values, "ada")
    valid(pod)
    (container,) = pod["spec"]["containers"]
    mine = container["securityContext"]
    assert (mine["runAsUser"], mine["runAsGroup"]) == (20001, 20001)
    assert pod["spec"]["securityContext"]["fsGroup"] == 20001  # in no group with another student
    assert "initContainers" not in pod["spec"]
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert container["resources"]["limits"]["memory"] == 2 * 1024**3


def test_every_number_is_given_once_and_nobody_else_comes_in(values):
    allowed = hub(values).Authenticator.allowed_users
    passwd = values.get_config("singleuser.extraFiles.passwd.stringData")
    numbers = [line.split(":")[2] for line in passwd.splitlines()]
    assert len(numbers) == len(set(numbers))
    assert allowed == {"ada", "ben", "grace"}
    assert set(values.get_config("hub.loadRoles.formgrade-mlops.users")) <= allowed
    with pytest.raises(KeyError):
        pod_of(values, "mallory")


def test_the_hub_does_not_let_in_whom_it_knows_from_before(values):
    authenticator = Authenticator(config=hub(values))
    for name in ("ada", "dan"):  # as the hub does with all whom its database has
        authenticator.add_user(SimpleNamespace(name=name))
    assert authenticator.check_allowed("ada")
    assert not authenticator.check_allowed("dan")


def test_the_exchange_is_at_the_same_path_for_all_and_is_nbgraders(values):
    settings = (FOLDER.parent / "jupyterhub/nbgrader_config.py").read_text()
    (course,) = course_pod()["containers"]
    (student,) = pod_of(values, "ben")["spec"]["containers"]
    for container in (course, student):
        (path,) = (m["mountPath"] for m in container["volumeMounts"] if m["name"] == "exchange")
        assert f'c.Exchange.root = "{path}"' in settings


def course_pod() -> dict:
    deployment = documents("course.yaml")[0]
    spec: dict = deployment["spec"]["template"]["spec"]
    return spec


@pytest.mark.parametrize("is_worker", [True, False])
def test_a_pod_that_grades_is_valid_and_mounts_its_clusters_secret_alone(workers, is_worker):
    pod = grading_pod(workers, is_worker=is_worker)
    valid(pod)
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert "serviceAccountName" not in pod["spec"]
    (volume,) = pod["spec"][
        "volumes"
    ]  # certificate and key of the cluster, its token of the gateway
    assert volume == {
        "name": "dask-credentials",
        "secret": {"secretName": "dask-credentials-cluster"},
    }


def test_only_workers_go_without_a_runtimes_masks(workers):
    (worker,) = grading_pod(workers)["spec"]["containers"]
    (scheduler,) = grading_pod(workers, is_worker=False)["spec"]["containers"]
    assert worker["securityContext"]["procMount"] == "Unmasked"
    assert worker["securityContext"]["seccompProfile"] == {"type": "Unconfined"}
    assert grading_pod(workers)["spec"]["hostUsers"] is False  # or Kubernetes refuses Unmasked
    assert scheduler["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert course_pod()["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert course_pod()["automountServiceAccountToken"] is False


def test_a_worker_has_memory_for_what_a_submission_may_use(workers):
    needed = KernelSettings.memory.default_value + KernelSettings.disk.default_value
    (worker,) = grading_pod(workers)["spec"]["containers"]
    most = int(worker["resources"]["limits"]["memory"])
    assert most >= needed + 1024**3
    assert worker["args"][worker["args"].index("--nthreads") + 1] == "1"


def test_pods_that_grade_are_of_a_namespace_with_policies_of_its_own(workers):
    objects = {thing["metadata"]["name"]: thing for thing in documents("network.yaml")}
    assert objects["mlops-grading"]["kind"] == "Namespace"
    deny = objects["deny-all"]
    assert deny["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert workers.get_config("gateway.backend.namespace") == deny["metadata"]["namespace"]


def test_nobody_speaks_with_the_course_or_with_pods_that_grade_but_as_named(workers):
    policies = [thing for thing in documents("network.yaml") if thing["kind"] == "NetworkPolicy"]
    of_hub = {
        component: Pod("mlops", {"app": "jupyterhub", "component": component})
        for component in ("hub", "proxy", "singleuser-server")
    }
    grading = {
        name: Pod("mlops-grading", grading_pod(workers, is_worker=is_worker)["metadata"]["labels"])
        for name, is_worker in (("worker", True), ("scheduler", False))
    }
    ours = grading | {"course": Pod("mlops", course_labels())}
    pods = ours | of_hub | {
        "gateway": Pod("mlops", {"app.kubernetes.io/name": "dask-gateway"}),
        "dns": Pod("kube-system", {"k8s-app": "kube-dns"}),
        "somebody": Pod("default", {"app": "course"}),
        "the internet": Pod("", {}),
    }  # fmt: skip
    ways = {
        (source, target): found
        for source, target in product(pods, repeat=2)
        if source in ours or target in ours
        if (found := {p for p in PORTS if allowed(policies, pods[source], pods[target], p)})
    }
    assert ways == dict.fromkeys(product(grading, repeat=2), PORTS) | {
        ("worker", "dns"): {53},
        ("scheduler", "dns"): {53},
        ("scheduler", "gateway"): {8000},
        ("gateway", "scheduler"): {8786, 8788},
        ("course", "scheduler"): {8786},
        ("course", "gateway"): {8000},
        ("course", "hub"): {8081},
        ("course", "dns"): {53},
        ("proxy", "course"): {9999},
    }


def test_all_pods_write_the_exchange_and_the_courses_alone_its_own_volume(values):
    volume, exchange, course = documents("volumes.yaml")
    assert volume["spec"]["accessModes"] == exchange["spec"]["accessModes"] == ["ReadWriteMany"]
    assert exchange["spec"]["volumeName"] == volume["metadata"]["name"]
    assert course["spec"]["accessModes"] == ["ReadWriteOnce"]
    assert claims(course_pod()) == {"exchange", "course"}
    assert claims(pod_of(values, "ada")["spec"]) == {"exchange", "claim-ada"}


def claims(pod: dict) -> set[str]:
    """Return the claims that a pod mounts."""
    volumes = pod["volumes"]
    return {
        v["persistentVolumeClaim"]["claimName"] for v in volumes if "persistentVolumeClaim" in v
    }


def course_labels() -> dict[str, str]:
    labels: dict[str, str] = documents("course.yaml")[0]["spec"]["template"]["metadata"]["labels"]
    return labels
