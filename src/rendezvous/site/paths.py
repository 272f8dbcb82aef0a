"""The data folder: who may read it, and the secret key in it."""

import os
import secrets
from pathlib import Path

from rendezvous.site.options import SettingError


def open_data_folder(folder: Path) -> None:
    """Makes the folder (mode 700) and its secret key (mode 600) where they are missing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for inside in ("mail", "files", "static"):
            (folder / inside).mkdir(mode=0o700, exist_ok=True)
        _make_key(folder / "secret.key")
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: OSError) -> SettingError:
    return SettingError(f"The setting RDV_DATA_DIR names {folder}, which cannot be used: {error.strerror}.")


def _make_key(file: Path) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))


def secret_key(folder: Path) -> str:
    """The key of this installation; where there is none yet, one that lasts as long as the process."""
    try:
        return (folder / "secret.key").read_text(encoding="ascii")
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except OSError as error:
        raise _unusable(folder, error) from None
