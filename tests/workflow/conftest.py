import pytest

from support.real_city import RealCity


@pytest.fixture
def city(tmp_path, monkeypatch):
    """A city with real figures, before its first release."""
    city = RealCity(tmp_path)
    city.use(monkeypatch)
    return city
