"""What two Helm charts make of their values, as far as our files set them.

Helm is not here. These functions do by hand what the charts' own templates do with a key, as their
sources were read: Zero to JupyterHub's `files/hub/jupyterhub_config.py` and dask-gateway's
`templates/gateway/configmap.yaml`. What then makes pods of it is the real KubeSpawner and the real
dask-gateway. A key that nobody reads, as one misspelt, is left over in `Values.unread`.
"""

import asyncio
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import Mock, patch

import yaml
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from traitlets.config import Config

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy/kubernetes"

# singleuser.KEY becomes KubeSpawner.TRAIT.
SPAWNER = {
    "cmd": "cmd",
    "cpu.guarantee": "cpu_guarantee",
    "cpu.limit": "cpu_limit",
    "defaultUrl": "default_url",
    "extraEnv": "environment",
    "memory.guarantee": "mem_guarantee",
    "memory.limit": "mem_limit",
    "storage.capacity": "storage_capacity",
}
# gateway.backend.KEY becomes KubeClusterConfig.TRAIT.
CLUSTER = {"namespace": "namespace"} | {
    f"{pod}.{key}": f"{pod}_{trait}"
    for pod in ("scheduler", "worker")
    for key, trait in {
        "cores.limit": "cores_limit",
        "cores.request": "cores",
        "extraContainerConfig": "extra_container_config",
        "extraPodConfig": "extra_pod_config",
        "memory.limit": "memory_limit",
        "memory.request": "memory",
        "threads": "threads",
    }.items()
    if (pod, key) != ("scheduler", "threads")
}
EGRESS = {  # of singleuser.networkPolicy.egressAllowRules
    "cloudMetadataServer",
    "dnsPortsCloudMetadataServer",
    "dnsPortsKubeSystemNamespace",
    "dnsPortsPrivateIPs",
    "nonPrivateIPs",
    "privateIPs",
}


def documents(name: str) -> list[dict]:
    """Return the documents of one of the files."""
    return list(yaml.safe_load_all((FOLDER / name).read_text()))


class Values:
    """Values for a chart, laid one above the other, that note which of them are read."""

    def __init__(self, *layers: dict) -> None:
        self.all: dict = {}
        for layer in layers:
            _lay(self.all, layer)
        self._read: set[str] = set()

    def get_config(self, key: str, default: object = None) -> object:
        """Return a value, as the chart's own function of this name does."""
        self._read.add(key)
        found: object = self.all
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                return default
            found = found[part]
        return deepcopy(found)

    def unread(self) -> list[str]:
        """Return the keys that nothing has asked for."""
        return [key for key in _leaves(self.all) if not self._is_read(key)]

    def _is_read(self, key: str) -> bool:
        parts = key.split(".")
        return any(".".join(parts[: n + 1]) in self._read for n in range(len(parts)))


def _lay(below: dict, above: dict) -> None:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            _lay(below[key], value)
        else:
            below[key] = deepcopy(value)


def _leaves(tree: dict, way: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{way}{key}.")
        else:
            yield f"{way}{key}"


def hub(values: Values) -> Config:
    """Return the settings of the hub."""
    c = Config()
    for name, settings in values.get_config("hub.config", {}).items():
        c[name].update(settings)
    c.JupyterHub.services = [
        {"name": name} | service for name, service in values.get_config("hub.services", {}).items()
    ]
    c.JupyterHub.load_roles = [
        {"name": name} | role for name, role in values.get_config("hub.loadRoles", {}).items()
    ]
    for key, trait in SPAWNER.items():
        if (value := values.get_config(f"singleuser.{key}")) is not None:
            c.KubeSpawner[trait] = value
    name, tag = (values.get_config(f"singleuser.image.{key}") for key in ("name", "tag"))
    c.KubeSpawner.image = f"{name}:{tag}"
    c.KubeSpawner.pvc_name_template = volume = "claim-{user_server}"
    c.KubeSpawner.storage_pvc_ensure = True
    home = values.get_config("singleuser.storage.homeMountPath")
    files = values.get_config("singleuser.extraFiles", {})
    c.KubeSpawner.volumes = [
        {"name": "home", "persistentVolumeClaim": {"claimName": volume}},
        *([{"name": "files", "secret": {"secretName": "singleuser"}}] if files else []),
        *values.get_config("singleuser.storage.extraVolumes", []),
    ]
    c.KubeSpawner.volume_mounts = [
        {"name": "home", "mountPath": home},
        *({"name": "files", "mountPath": file["mountPath"], "subPath": key}
          for key, file in files.items()),
        *values.get_config("singleuser.storage.extraVolumeMounts", []),
    ]  # fmt: skip
    for key in ("enabled", *(f"egressAllowRules.{rule}" for rule in EGRESS)):
        values.get_config(f"singleuser.networkPolicy.{key}")
    values.get_config("singleuser.cloudMetadata.blockWithIptables")
    values.get_config("cull.enabled")
    values.get_config("cull.timeout")
    values.get_config("hub.networkPolicy.ingress")
    z2jh = ModuleType("z2jh")
    z2jh.get_config = values.get_config
    with patch.dict(sys.modules, z2jh=z2jh):
        _run(values.get_config("hub.extraConfig", {}), c)
    return c


def gateway(values: Values) -> Config:
    """Return the settings of the gateway."""
    c = Config()
    name, tag = (values.get_config(f"gateway.backend.image.{key}") for key in ("name", "tag"))
    c.KubeClusterConfig.image = f"{name}:{tag}"
    for key, trait in CLUSTER.items():
        if (value := values.get_config(f"gateway.backend.{key}")) is not None:
            c.KubeClusterConfig[trait] = value
    c.KubeController.gateway_instance = "dask-gateway"
    c.KubeController.api_url = "http://api-dask-gateway.mlops:8000/api"
    assert values.get_config("gateway.auth.type") == "jupyterhub"
    for key in ("apiTokenFromSecretName", "apiTokenFromSecretKey"):
        assert values.get_config(f"gateway.auth.jupyterhub.{key}")
    assert values.get_config("traefik.service.type") in ("ClusterIP", "LoadBalancer", "NodePort")
    _run(values.get_config("gateway.extraConfig", {}), c)
    return c


def _run(blocks: dict[str, str], c: Config) -> None:
    for _, code in sorted(blocks.items()):
        exec(code, {"c": c})  # noqa: S102 - our own, as the chart does


def pod_by(c: Config, who: str) -> dict:
    """Return the pod that the real KubeSpawner makes for somebody; no cluster is asked."""
    url = f"/user/{who}/"
    user = SimpleNamespace(name=who, escaped_name=who, id=1, url=url, settings={}, groups=[])
    with patch.multiple("kubespawner.spawner", load_config=Mock(), shared_client=Mock()):
        spawner = KubeSpawner(config=c, user=user, _mock=True)
    spawner.get_env = lambda: dict(spawner.environment)  # without what the hub adds
    if spawner.pre_spawn_hook:
        spawner.pre_spawn_hook(spawner)
    pod = asyncio.run(spawner.get_pod_manifest())
    plain: dict = ApiClient.sanitize_for_serialization(ApiClient.__new__(ApiClient), pod)
    return plain
