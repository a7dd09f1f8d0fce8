import json

import pytest


@pytest.fixture
def site(tmp_path):
    """Writes a site: pages by name, tables as (resource, CSV), facts of the program."""

    def write(pages=(), tables=(), fictional=False, publisher="City of Boston", **program):
        latest = tmp_path / "data" / "latest"
        latest.mkdir(parents=True)
        for name, content in dict(pages).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        for one, content in tables:
            (latest / one["path"]).write_text(content, encoding="utf-8")
        package = {
            "contributors": [{"title": publisher}],
            "resources": [one for one, _content in tables],
            "openresponse": {
                "release": "2026-10",
                "fictional": fictional,
                "program": {"city": "City of Boston"} | program,
            },
        }
        (latest / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return tmp_path

    return write
