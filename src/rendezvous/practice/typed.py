"""What somebody, or a page of ours, sent as text."""


def whole_number(text: str, *, digits: int) -> int | None:
    """A number from 0, of so many digits at most; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
