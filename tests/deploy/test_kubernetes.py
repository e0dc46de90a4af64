"""deploy/kubernetes: what its files make is what Kubernetes takes, and what a safe class needs."""

import asyncio
from types import SimpleNamespace
from unittest.mock import Mock, patch

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
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from traitlets.config import Config

from course.grading.kernel.settings import KernelSettings
from tests.deploy.charts import FOLDER, Values, documents, gateway, hub

VERSIONS = ["1.33", "1.37"]  # the first with user namespaces for all, and the newest known here
FILES = ["volumes.yaml", "course.yaml", "network.yaml"]


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
    """Return the pod that the real KubeSpawner makes for somebody; no cluster is asked."""
    url = f"/user/{who}/"
    user = SimpleNamespace(name=who, escaped_name=who, id=1, url=url, settings={}, groups=[])
    with patch.multiple("kubespawner.spawner", load_config=Mock(), shared_client=Mock()):
        spawner = KubeSpawner(config=hub(values), user=user, _mock=True)
    spawner.get_env = lambda: dict(spawner.environment)  # without what the hub adds
    spawner.pre_spawn_hook(spawner)
    pod = asyncio.run(spawner.get_pod_manifest())
    plain: dict = ApiClient.sanitize_for_serialization(ApiClient.__new__(ApiClient), pod)
    return plain


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
def test_a_pod_that_grades_is_valid_and_has_no_token(workers, is_worker):
    pod = grading_pod(workers, is_worker=is_worker)
    valid(pod)
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert "serviceAccountName" not in pod["spec"]
    assert [volume["name"] for volume in pod["spec"]["volumes"]] == ["dask-credentials"]


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


def test_pods_that_grade_are_allowed_nothing_but_what_is_named(workers):
    policies = {thing["metadata"]["name"]: thing for thing in documents("network.yaml")}
    namespace = policies["mlops-grading"]
    assert namespace["kind"] == "Namespace"
    deny = policies["deny-all"]
    assert deny["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert workers.get_config("gateway.backend.namespace") == deny["metadata"]["namespace"]
    labels = grading_pod(workers, is_worker=False)["metadata"]["labels"]
    wanted = policies["scheduler"]["spec"]["podSelector"]["matchLabels"]
    assert wanted.items() <= labels.items()
    assert not wanted.items() <= grading_pod(workers)["metadata"]["labels"].items()
    for policy in ("dask", "scheduler"):
        for way in policies[policy]["spec"]["egress"]:
            assert all("ipBlock" not in peer for peer in way["to"])


def test_the_courses_policy_is_for_its_pod():
    policies = {thing["metadata"]["name"]: thing for thing in documents("network.yaml")}
    labels = documents("course.yaml")[0]["spec"]["template"]["metadata"]["labels"]
    assert policies["course"]["spec"]["podSelector"]["matchLabels"] == labels
