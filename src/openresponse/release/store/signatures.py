"""Signatures by SSH keys, made and checked with `ssh-keygen -Y` (OpenSSH 8.1 and later)."""

import subprocess
import tempfile
from pathlib import Path

from openresponse.errors import ReleaseError

NAMESPACE = "open-response"  # a signature for one purpose is none for another
ROLE = "role"  # by what the list of signers names the owner of the one key in it


def sign(text: str, key: Path) -> str:
    """The signature of a text by a private key, or by the agent that holds the key of a public one;
    ReleaseError where there is none.
    """
    made = _keygen(["sign", "-q", "-f", str(key), "-n", NAMESPACE], text)
    if made.returncode or "BEGIN SSH SIGNATURE" not in made.stdout:
        reason = (made.stderr.strip().splitlines() or ["no signature came out"])[-1]
        raise ReleaseError(f"{key}: could not sign ({reason}). Name a key file of ssh-keygen.")
    return made.stdout


def is_signed(text: str, signature: str, key: str) -> bool:
    """Whether the signature of a text was made by the private half of a public key."""
    with tempfile.TemporaryDirectory() as folder:
        signers, signed = Path(folder) / "signers", Path(folder) / "signature"
        signers.write_text(f"{ROLE} {key}\n", encoding="utf-8")
        signed.write_text(signature, encoding="utf-8")
        given = ["-f", str(signers), "-I", ROLE, "-n", NAMESPACE, "-s", str(signed)]
        return _keygen(["verify", *given], text).returncode == 0


def _keygen(arguments: list[str], text: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", *arguments],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise ReleaseError(
            "ssh-keygen is not installed, and approvals are signed with it. Install OpenSSH's"
            " client."
        ) from error
