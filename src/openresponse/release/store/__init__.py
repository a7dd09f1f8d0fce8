"""In: the files of a release. Out: the same on disk, moved into place whole, and read back as
readers do.

Never here: what a figure means.
"""

__all__ = [
    "approvals",
    "backup",
    "confidential",
    "files",
    "interruptions",
    "lock",
    "public_folder",
    "published",
    "restoration",
    "signatures",
    "write",
]
