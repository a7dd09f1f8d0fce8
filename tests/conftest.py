import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import openresponse
from openresponse.program import Folders, Program, load
from support import cities, golden
from support.cities import FULL, MadeCity
from support.life import Life
from support.workspace import ROOT

if not Path(openresponse.__file__).is_relative_to(ROOT / "src"):
    pytest.exit(
        f"The tests of {ROOT} would run {openresponse.__file__}. Run `make setup` here.",
        returncode=pytest.ExitCode.USAGE_ERROR,
    )

# A shell that runs the tests in the background has them, and what they start, ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test fails for being slow: timings are for the bench.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("push", max_examples=10, **UNHURRIED)
settings.register_profile("full", max_examples=50, **UNHURRIED)
settings.load_profile("full" if FULL else "push")

# Fixture to the city that is made for it.
CITIES = {
    "whole_city": "whole_city",
    "small_city": "whole_city" if FULL else "small_city",
    "life": "life",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at a city or needs a browser is slow. Slow files come first; meanwhile the cities
    are made, and the files that look at one come next, those with most tests first. The fast ones
    at the end keep every process busy.
    """
    slow: set[Path] = set()
    waiting: dict[Path, int] = {}
    for item in items:
        needs = {"browser", *CITIES}.intersection(item.fixturenames)
        if needs:
            item.add_marker("slow")
        if needs - {"browser"}:
            waiting[item.path] = waiting.get(item.path, 0) - 1
        elif item.get_closest_marker("slow"):
            slow.add(item.path)

    def turn(item: pytest.Item) -> tuple[int, int]:
        if item.path in waiting:
            return 1, waiting[item.path]
        return (0 if item.path in slow else 2), 0

    items.sort(key=turn)


@pytest.fixture(scope="session")
def program() -> Program:
    """Boston's program."""
    return load(ROOT / "program.yml")


@pytest.fixture
def boston(program, tmp_path) -> Program:
    """Boston's program with all its folders in the test's own place."""
    folders = Folders(
        raw=tmp_path / "raw",
        public=tmp_path / "public",
        build=tmp_path / "build",
        site=tmp_path / "site",
        run_log=tmp_path / "run_log",
    )
    return program.model_copy(update={"folders": folders})


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether everything is to be tried."""
    return FULL


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id) -> Path:
    """A folder for what all processes that run tests share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session", autouse=True)
def _begun(request, shared, worker_id):
    """The cities that tests of this run look at, in the making from the first test on."""
    used = {name for item in request.session.items for name in item.fixturenames}
    names = dict.fromkeys(made for fixture, made in CITIES.items() if fixture in used)
    if not names or worker_id not in ("master", "gw0"):
        yield
        return
    with cities.begin(shared, *names):
        yield


@pytest.fixture(scope="session")
def whole_city(shared) -> MadeCity:
    """The whole road once for all tests: two years of fictional months in, a website out."""
    return MadeCity(*cities.made(shared, CITIES["whole_city"]))


@pytest.fixture(scope="session")
def small_city(shared) -> MadeCity:
    """The same road with three months and few tables; in a full run, the whole city."""
    return MadeCity(*cities.made(shared, CITIES["small_city"]))


@pytest.fixture(scope="session")
def life(shared) -> Life:
    """Three months released, revised twice, and the second revision withdrawn."""
    return Life(*cities.made(shared, CITIES["life"]))


@pytest.fixture(scope="session")
def golden_month(shared) -> Path:
    """The golden month's release as the code makes it now, on an odd machine."""
    return Path(cities.once(shared, "golden", golden.make_on_an_odd_machine))
