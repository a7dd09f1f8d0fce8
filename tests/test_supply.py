"""What a city's service is made of: few packages, each locked and listed, and an image that can do
no more than it must.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from support.workspace import ROOT

MOST_PACKAGES = 110
BIN = Path(sys.executable).parent
DESK_AND_TESTS = {"jupyter", "jupyterlab", "notebook", "pytest", "playwright", "mypy", "ruff"}


def locked(name: str) -> dict[str, Requirement]:
    """The packages of a lock file by their names."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.rstrip("\\ ")) for line in lines if re.match("[a-z0-9]", line)]
    return {one.name: one for one in found if one.marker is None or one.marker.evaluate()}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_a_service_runs_few_packages_and_none_that_only_a_desk_or_a_test_needs(project):
    running = locked("runtime.lock")
    assert len(running) <= MOST_PACKAGES
    assert {Requirement(one).name for one in project["dependencies"]} <= set(running)
    assert DESK_AND_TESTS.isdisjoint(running)


def test_a_service_runs_the_versions_that_the_tests_ran():
    running, tested = locked("runtime.lock"), locked("requirements.lock")
    assert {name: str(one.specifier) for name, one in running.items()} == {
        name: str(tested[name].specifier) for name in running
    }


@pytest.mark.parametrize("name", ["bootstrap.lock", "requirements.lock", "runtime.lock"])
def test_every_locked_package_has_its_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text and "--index" not in text


def test_the_bill_of_materials_lists_every_package_with_version_and_hashes(tmp_path):
    written = tmp_path / "sbom.json"
    command = ["requirements", "--output-reproducible", "--output-file", written, "runtime.lock"]
    subprocess.run([BIN / "cyclonedx-py", *command], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads(written.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    listed = {(one["name"], f"=={one['version']}") for one in bill["components"]}
    assert {(name, str(one.specifier)) for name, one in locked("runtime.lock").items()} <= listed
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


def made(*arguments: str) -> str:
    """What make would run."""
    command = ["make", "--dry-run", "--always-make", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_offline_nothing_is_taken_from_a_network():
    installs = [line for line in made("setup", "OFFLINE=1").splitlines() if "--requirement" in line]
    assert len(installs) == 2
    assert all("--no-index --find-links wheelhouse" in line for line in installs)
    assert "--offline" in installs[1]


def test_the_wheelhouse_holds_what_is_locked_and_nothing_that_must_be_built():
    downloads = [line for line in made("wheelhouse").splitlines() if "pip download" in line]
    assert [line.split()[-1] for line in downloads] == ["bootstrap.lock", "requirements.lock"]
    assert all("--require-hashes" in line and "--only-binary :all:" in line for line in downloads)


@pytest.fixture(scope="module")
def stages() -> list[str]:
    """The stages of the image, the one that is kept last."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.split(r"(?m)^FROM ", text)[1:]


def test_the_image_runs_as_an_ordinary_user_and_is_told_to_run_without_a_network(stages):
    (user,) = re.findall(r"(?m)^USER (\S+)", stages[-1])
    assert int(user) > 0
    assert stages[-1].index("USER") < stages[-1].index("ENTRYPOINT")
    assert not re.search(r"(?m)^(EXPOSE|ADD) ", "".join(stages))
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "--network none --read-only" in text


def test_the_image_installs_only_what_is_locked(stages):
    installs = re.findall(r"pip install (.*?)(?:&&|$)", "".join(stages), flags=re.MULTILINE)
    assert len(installs) == 3
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert all(not stage.split()[0].endswith(("latest", "slim:")) for stage in stages)


def test_nothing_confidential_and_nothing_made_reaches_the_image(stages):
    lines = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {line.removeprefix("!").split("/")[0] for line in rules[1:]}
    assert allowed.isdisjoint({"data", "build", ".git", "tests"})
    assert "COPY --from=build" in stages[-1] and stages[-1].count("COPY") == 1
