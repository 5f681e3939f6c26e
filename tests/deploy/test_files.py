"""The files of deploy/ are what the programs that read them take, and fit together."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.deploy.image import CONTAINERFILE, ROOT, copy_into
from tests.deploy.servers import Nginx

COMPOSE = ROOT / "deploy" / "compose.yaml"
KUBERNETES = ROOT / "deploy" / "kubernetes"
VERSIONS = ("1.31", "1.37")


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program that a package of the tests has brought."""
    command = [str(Path(sys.executable).with_name(program)), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# --- the image ------------------------------------------------------------------------------


def test_the_containerfile_keeps_to_hadolints_rules(tmp_path: Path) -> None:
    checked = run("hadolint", CONTAINERFILE)
    assert (checked.returncode, checked.stdout) == (0, "")

    careless = tmp_path / "Containerfile"
    careless.write_text("FROM python\nRUN pip install duckdb\n")
    assert "DL3013" in run("hadolint", careless).stdout


def test_the_image_runs_as_nobody_in_particular_and_installs_what_is_locked() -> None:
    lines = CONTAINERFILE.read_text(encoding="utf-8")
    last = lines[lines.rindex("\nFROM ") :]

    assert re.findall(r"^USER (.+)$", last, re.MULTILINE) == ["10001:10001"]
    assert "--require-hashes" in lines
    assert last.index("COPY . .") < last.index("data/build"), "the register is the last layer"


def test_the_register_and_the_etl_get_into_the_image_and_the_tests_do_not(tmp_path: Path) -> None:
    image = copy_into(tmp_path / "image")
    shown = subprocess.run(
        [sys.executable, "-m", "etl", "show", "istanbul-2024-protocol"],
        cwd=image,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "agreement: istanbul-2024-protocol" in shown.stdout, shown.stderr
    assert not (image / "tests").exists()


def test_docker_ignores_what_podman_ignores() -> None:
    assert (ROOT / ".dockerignore").resolve() == ROOT / ".containerignore"


# --- compose --------------------------------------------------------------------------------


def test_the_compose_file_is_one(tmp_path: Path) -> None:
    checked = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)
    assert checked.returncode == 0, checked.stdout

    misspelt = tmp_path / "compose.yaml"
    misspelt.write_text(COMPOSE.read_text().replace("cap_drop:", "cap_dorp:"))
    checked = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", misspelt)
    assert checked.returncode == 1


def test_nginx_leads_to_the_replicas_of_the_compose_file_and_they_trust_it_alone() -> None:
    services = load(COMPOSE)["services"]
    replicas = {name: service for name, service in services.items() if name != "nginx"}
    lines = (ROOT / "deploy" / "nginx" / "site" / "replicas.conf").read_text(encoding="utf-8")
    nginx = services["nginx"]["networks"]["inner"]["ipv4_address"]

    assert re.findall(r"^server (\S+):8501 ", lines, re.MULTILINE) == list(replicas)
    assert services["nginx"]["depends_on"].keys() == replicas.keys()
    for service in replicas.values():
        for name in ("PARTNERSHIPS_TRUSTED_PROXIES", "FORWARDED_ALLOW_IPS"):
            assert service["environment"][name] == nginx
    addresses = [each["networks"]["inner"]["ipv4_address"] for each in services.values()]
    assert len(set(addresses)) == len(services)


def test_no_service_of_the_compose_file_writes_to_its_image_or_has_a_capability() -> None:
    for service in load(COMPOSE)["services"].values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert "healthcheck" in service


# --- Kubernetes -----------------------------------------------------------------------------


def manifests(folder: str) -> dict[str, Any]:
    files = (KUBERNETES / folder).glob("*.yaml")
    return {file.name: load(file) for file in files if file.name != "kustomization.yaml"}


def with_the_volume() -> Any:
    """The deployment as the variant with a volume changes it."""
    deployment = manifests("base")["deployment.yaml"]
    (patch,) = load(KUBERNETES / "volume" / "kustomization.yaml")["patches"]
    for change in yaml.safe_load(patch["patch"]):
        assert change["op"] == "add"
        place = deployment
        *way, end = change["path"].strip("/").split("/")
        assert end == "-"
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place.append(change["value"])
    return deployment


def every_manifest() -> Iterator[tuple[str, Any]]:
    for folder in ("base", "volume"):
        for name, manifest in manifests(folder).items():
            yield f"{folder}/{name}", manifest
    yield "volume/deployment", with_the_volume()


ALL = dict(every_manifest())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ALL)
def test_a_manifest_is_as_kubernetes_describes_it(name: str, version: str) -> None:
    kubernetes_validate.validate(ALL[name], version, strict=True)


def test_a_misspelt_manifest_is_noticed() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(ALL["base/service.yaml"] | {"specs": {}}, "1.31", strict=True)


@pytest.mark.parametrize("folder", ["base", "volume"])
def test_every_manifest_is_applied(folder: str) -> None:
    listed = load(KUBERNETES / folder / "kustomization.yaml")["resources"]

    assert sorted(manifests(folder)) == sorted(set(listed) - {"../base"})
    assert folder == "base" or "../base" in listed


def pods() -> dict[str, Any]:
    job = ALL["volume/publish.yaml"]["spec"]["jobTemplate"]
    deployments = {name: ALL[name] for name in ("base/deployment.yaml", "volume/deployment")}
    return {name: each["spec"]["template"]["spec"] for name, each in deployments.items()} | {
        "publish": job["spec"]["template"]["spec"]
    }


@pytest.mark.parametrize("name", pods())
def test_a_pod_keeps_to_the_restricted_profile_and_writes_to_its_volumes_alone(name: str) -> None:
    pod = pods()[name]
    (container,) = pod["containers"]
    confined = container["securityContext"]

    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not pod["automountServiceAccountToken"]
    assert confined["readOnlyRootFilesystem"]
    assert not confined["allowPrivilegeEscalation"]
    assert confined["capabilities"] == {"drop": ["ALL"]}
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_whatever_selects_the_replicas_means_them() -> None:
    deployment = ALL["base/deployment.yaml"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    budget, policy, service = (
        ALL[f"base/{name}.yaml"]["spec"]
        for name in ("disruption-budget", "network-policy", "service")
    )
    target = ALL["base/autoscaler.yaml"]["spec"]["scaleTargetRef"]

    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert budget["selector"]["matchLabels"] == policy["podSelector"]["matchLabels"] == labels
    assert service["selector"] == labels
    assert target["name"] == deployment["metadata"]["name"]
    (path,) = ALL["base/ingress.yaml"]["spec"]["rules"][0]["http"]["paths"]
    assert path["backend"]["service"]["name"] == ALL["base/service.yaml"]["metadata"]["name"]


def test_the_job_publishes_where_the_replicas_look() -> None:
    job = pods()["publish"]["containers"][0]
    replica = pods()["volume/deployment"]["containers"][0]
    settings = {each["name"]: each["value"] for each in replica["env"]}
    out = job["command"][-1]

    assert settings["PARTNERSHIPS_DATABASE"] == f"{out}/partnerships.duckdb"
    for container in (job, replica):
        places = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
        assert places["published"] == out


# --- nginx ----------------------------------------------------------------------------------


def test_nginx_takes_its_configuration_as_it_is(nginx_program: str, tmp_path: Path) -> None:
    site = ROOT / "deploy" / "nginx" / "site"
    nginx = Nginx(nginx_program, tmp_path, ["127.0.0.1:1"])
    for name in ("listen.conf", "limits.conf"):
        (nginx.site / name).write_bytes((site / name).read_bytes())
    checked = subprocess.run([*nginx.command, "-t"], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
