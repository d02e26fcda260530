"""The example for a cluster: valid YAML that gives its pods as little as they need."""

import re
from typing import Any

import pytest

from tests.architecture.house import ROOT

EXAMPLE = ROOT / "deploy" / "kuberay" / "screening.yaml"


@pytest.fixture(scope="module")
def objects() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="comes with the extra `cluster`: the example was NOT read")
    return {one["kind"]: one for one in yaml.safe_load_all(EXAMPLE.read_text(encoding="utf-8"))}


def pods(objects: dict[str, Any]) -> list[dict[str, Any]]:
    cluster = objects["RayJob"]["spec"]["rayClusterSpec"]
    return [group["template"]["spec"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])]


def test_pods_run_as_nobody_with_least_rights_and_an_index_that_they_cannot_change(
    objects: dict[str, Any],
) -> None:
    for pod in pods(objects):
        [container] = pod["containers"]
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"name": "index", "mountPath": "/index", "readOnly": True} in container["volumeMounts"]
        assert {one["name"] for one in pod["volumes"]} == {one["name"] for one in container["volumeMounts"]}


def test_only_the_head_reads_passengers_and_nobody_outside_is_reached(objects: dict[str, Any]) -> None:
    head, workers = pods(objects)

    assert [one["name"] for one in head["volumes"] if "persistentVolumeClaim" in one] == ["index", "data"]
    assert [one["name"] for one in workers["volumes"] if "persistentVolumeClaim" in one] == ["index"]
    policy = objects["NetworkPolicy"]["spec"]
    assert (policy["podSelector"], policy["policyTypes"]) == ({}, ["Ingress", "Egress"])
    assert objects["RayJob"]["spec"]["rayClusterSpec"]["authOptions"] == {"mode": "token"}


def test_the_example_holds_no_secret_and_its_command_exists(objects: dict[str, Any]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    command = re.findall(r"--[a-z]+", objects["RayJob"]["spec"]["entrypoint"])
    source = (ROOT / "src" / "screening" / "__main__.py").read_text(encoding="utf-8")

    assert "Secret" not in objects
    assert not re.search(r"(?i)(password|secretKeyRef|auth_token)\s*:", text)
    assert [option for option in command if f'"{option}"' not in source] == []
