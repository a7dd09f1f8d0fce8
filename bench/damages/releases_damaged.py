"""Public folders as somebody could change them unseen, or a disk that fails."""

import json
import random
import shutil
from pathlib import Path

VALUES = (None, True, -1, 0, 10**30, "", "x" * 999, [], {}, [[]], "../../elsewhere", "2026-13")


def damage(chance: random.Random, public: Path) -> None:
    """Change one file of a public folder, or which files it has."""
    files = sorted(path for path in public.rglob("*") if path.is_file())
    path = chance.choice([one for one in files if not one.name.startswith(".")])
    content = path.read_bytes()
    how = chance.randrange(8)
    if how == 0:
        path.unlink()
    elif how == 1:
        path.with_name(f"{path.stem}-2{path.suffix}").write_bytes(content)
    elif how == 2:
        shutil.copy2(chance.choice([one for one in files if one.read_bytes() != content]), path)
    elif how == 3:
        path.write_bytes(content[: chance.randrange(len(content))])
    elif how == 4:
        at = chance.randrange(len(content))
        path.write_bytes(
            content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
        )
    elif how == 5:
        path.write_bytes(content + chance.choice((b"\n", b" ", b"{}", b"\xff")))
    elif how == 6:
        path.unlink()
        path.mkdir()
    else:
        _in_json(chance, chance.choice([one for one in files if one.suffix in (".json", ".jsonl")]))


def _in_json(chance: random.Random, path: Path) -> None:
    """Give some key of a JSON file another value; of lines the last one."""
    text = path.read_text(encoding="utf-8")
    *before, last = text.splitlines() if path.suffix == ".jsonl" else [text]
    content = json.loads(last)
    place = content
    while chance.random() < 0.7:
        inner = [one for one in _values(place) if isinstance(one, dict | list) and one]
        if not inner:
            break
        place = chance.choice(inner)
    key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
    place[key] = chance.choice([one for one in VALUES if one != place[key]])
    path.write_text("\n".join([*before, json.dumps(content)]) + "\n", encoding="utf-8")


def _values(place: dict | list) -> list:
    return list(place.values()) if isinstance(place, dict) else place
