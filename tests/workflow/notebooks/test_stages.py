"""What a notebook made is kept, and made again where what is known of it was cut off."""

from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution, stages
from openresponse.workflow.notebooks.stages import Stage
from support import golden, workspace


def test_pages_whose_stamp_was_cut_off_are_made_again(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(execution, "publishable", lambda *_: None)
    monkeypatch.setattr(execution, "run", lambda *_, **__: made.append("pages"))
    city = City(workspace.program_file(tmp_path))
    folder = tmp_path / "build" / "stage" / "2025-03"
    stage = Stage("3-brief", golden.HERE / "public", folder, "brief.ipynb", {})
    for _ in range(2):
        stages.make(city, stage)
    assert made == ["pages"]
    stage.stamp.write_text("", encoding="utf-8")
    stages.make(city, stage)
    assert made == ["pages", "pages"]
