"""Program files as hands damage them."""

import random

# What a value may be taken for.
VALUES = (
    *("yes", "no", "NO", "~", "null", "''", "[]", "{}", "[[[[[[]]]]]]", "-1", "0", "0x1F", "1e400"),
    *("!!int abc", "!!float x", "!!binary x", "!!set {a}", "!!python/name:os.system", "*nothing"),
    *("&a [*a]", "2026-02-30", "2026-13-01", "10:00", "." * 300, "999999999999999999999", "| x"),
    *("'([a'", "'(a+)+$'", "'(?<=a)(b)'", "{column: x}", "{column: 1, after: unit}", "> \n  x"),
    *("{column: A, format: '%Q'}", '"\\ud800"', "\x07"),
)


def damaged(chance: random.Random, text: str) -> str:
    """The text of a program file, damaged in one to three places."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        how = chance.randrange(7)
        if how == 0:
            del lines[at]
        elif how == 1:
            lines.insert(at, line)
        elif how == 2:
            lines[at] = " " * chance.randint(0, 12) + line.lstrip()
        elif how == 3:
            lines[at] = f"{line.partition(': ')[0]}: {chance.choice(VALUES)}"
        elif how == 4:
            place = chance.randint(0, len(line))
            lines[at] = (
                line[:place]
                + chance.choice((*VALUES, "\t", '"', "{", "]", "&", ":", "- ", "#"))
                + line[place:]
            )
        elif how == 5:
            lines[at] = line[: chance.randint(0, len(line))]
        else:
            lines[at] = line.replace(": ", chance.choice((":", "s: ", " : ", ": - ")), 1)
        lines = lines or [""]
    return "\n".join(lines)
