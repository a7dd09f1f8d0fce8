"""The picture that messengers and social networks show beside a link to the site."""

from pathlib import Path

from openresponse.media import typeset
from openresponse.media.names import FICTIONAL, SOCIAL
from openresponse.release.store.published import Published
from openresponse.report.pages import findings
from openresponse.report.prose import words

TEMPLATE = Path(__file__).with_name("social.typ")
MOST_FINDINGS = 2


def save(published: Published, out: Path) -> Path:
    """Write the picture: what the program is called, and the first findings on the last period."""
    period = words.period(published.month)
    content = {
        "program": published.program["name"],
        "city": published.publisher,
        "period": period,
        "findings": [
            words.sentence(one.level.removeprefix(f"In {period}, "))
            for one in findings.on_home(published)[:MOST_FINDINGS]
        ],
        "fictional": FICTIONAL if published.fictional else "",
    }
    path = out / SOCIAL
    path.write_bytes(typeset.png(TEMPLATE, content))
    return path
