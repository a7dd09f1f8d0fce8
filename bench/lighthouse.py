"""Lighthouse on the home page, a brief and the data page, served compressed by nginx: scores of
100, and when the first screen is painted.

Needs node, nginx (`make browser` fetches it) and a site that was made; says so where one is
missing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests")]
import test_nginx  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("index.html", "briefs/2026-10.html", "data.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SITE = ROOT / "site" / "_site"


def missing() -> str:
    needed = {
        "a website": (SITE / "index.html").is_file(),
        "nginx": test_nginx.SERVER,
        "npx": shutil.which("npx"),
        "chromium": shutil.which("chromium"),
    }
    return ", ".join(name for name, there in needed.items() if not there)


def scores(address: str, folder: Path) -> None:
    for name in PAGES:
        report = folder / "report.json"
        subprocess.run(
            [
                "npx",
                "--yes",
                LIGHTHOUSE,
                address + name,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                "--chrome-flags=--headless=new --no-sandbox",
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            check=True,
            env={**os.environ, "CHROME_PATH": shutil.which("chromium")},
        )
        found = json.loads(report.read_text(encoding="utf-8"))
        paints = ", ".join(
            f"{key} {found['audits'][key]['displayValue']}"
            for key in ("first-contentful-paint", "largest-contentful-paint", "total-byte-weight")
        )
        print(
            f"{name:22}",
            *(f"{key} {round(100 * found['categories'][key]['score'])}" for key in CATEGORIES),
            f" {paints}",
        )
        for key, audit in found["audits"].items():
            if (
                audit["score"] is not None
                and audit["score"] < 0.9
                and audit["scoreDisplayMode"] == "binary"
            ):
                print(f"{'':22} {key}: {audit['title']}")


if lacking := missing():
    print(f"left out: there is no {lacking}")
else:
    with tempfile.TemporaryDirectory(prefix="openresponse-") as work:
        to = Path(work) / "www"
        shutil.copytree(SITE, to / "sites" / "one")
        (to / "current").symlink_to("sites/one")
        with test_nginx.served(to, Path(work)) as address:
            scores(address, Path(work))
