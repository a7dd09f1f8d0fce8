"""The library that draws in the browser: Vega with what reads a specification, in one file that
asks no other host.
"""

from functools import cache
from importlib.metadata import version

import vl_convert

from openresponse.media import drawn

FILE = "vega.js"
NOTICE = (
    "/* Vega {}, Vega-Lite {}, Vega-Embed {}: Copyright University of Washington Interactive Data"
    " Lab and contributors, BSD-3-Clause,\n   https://github.com/vega/vega/blob/main/LICENSE; with"
    " libraries they are made of, under ISC, MIT and BSD-3-Clause. */\n"
)
CALL = "window.vegaEmbed = vegaEmbed;"


@cache
def library() -> str:
    """The text of the file: the same for every release, and its one name to other scripts is
    `vegaEmbed`.
    """
    versions = [
        vl_convert.get_vega_version(),
        vl_convert.get_vegalite_versions()[-1],
        vl_convert.get_vega_embed_version(),
    ]
    made_from = [version("vl-convert-python"), CALL, *versions]
    bundle = drawn.once(lambda: vl_convert.javascript_bundle(CALL).encode(), *made_from)
    return f"{NOTICE.format(*versions)}(() => {{{bundle.decode()}}})();\n"
