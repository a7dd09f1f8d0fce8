"""The pages' HTML is valid, as html-validate (an npm package, pinned in package-lock.json) reads
the standard.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parent / "node_modules" / ".bin" / "html-validate"
# Every file comes from the site itself, so none needs a hash in the page.
RULES = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:document"],
    "rules": {"require-sri": "off"},
}


@pytest.mark.skipif(
    not (shutil.which("node") and TOOL.exists()),
    reason="html-validate is not there: it needs node and npm",
)
def test_every_page_is_valid_html(site, tmp_path):
    (tmp_path / "rules.json").write_text(json.dumps(RULES))
    pages = sorted(str(path) for path in site.rglob("*.html"))
    run = subprocess.run(
        [TOOL, "--config", tmp_path / "rules.json", "--formatter", "text", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout.replace(str(site), "")) == (0, ""), run.stderr
