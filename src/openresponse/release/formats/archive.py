"""ZIP files that are the same bytes whenever and wherever they are made."""

import io
import zipfile
from collections.abc import Mapping

UNIX, READABLE = 3, 0o644 << 16
PACKED = (".parquet", ".xlsx")  # hold compressed data, so that packing them again gains nothing


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of these files in the order given, each dated 1 January 1980, with no trace of the
    machine.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)  # dated 1980 where no date is given
            member.create_system, member.external_attr = UNIX, READABLE
            member.compress_type = (
                zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(member, content, compresslevel=9)
    return out.getvalue()
