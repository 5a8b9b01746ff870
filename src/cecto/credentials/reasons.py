"""Why a credential is revoked: the kinds the program distinguishes, each with words the public may read."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "error": "It was issued in error.",
    "evidence": "The record it rests on was found to be wrong.",
    "conduct": "The program withdrew the certification.",
    "request": "It was withdrawn at the holder's request.",
    "key": "The key it was signed with can no longer be trusted; a new version was issued.",
    "corrected": "It was corrected; a new version takes its place.",
    "renewed": "It was renewed; a new version takes its place.",
    "reinstated": "It had lapsed and was reinstated; a new version takes its place.",
}
# These are told by the actions that put a new version in the place of the revoked one.
BY_REPLACING = ("corrected", "renewed", "reinstated")


class UnknownReason(ValueError):
    """The reason is none of the kinds above."""


def wording_of(reason: str, wording: str = "") -> str:
    """Return what the public reads: the given words, or those of the kind. Raises UnknownReason."""
    if reason not in REASONS:
        raise UnknownReason(f"“{reason}” is no reason to revoke. Use one of: {', '.join(REASONS)}.")
    return wording.strip() or REASONS[reason]
