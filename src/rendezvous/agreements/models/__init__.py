from rendezvous.agreements.models.deposit import Deposit
from rendezvous.agreements.models.document import Document, DocumentKind, DocumentStatus, Numbering, Remark, Version
from rendezvous.agreements.models.letterhead import Letterhead, Regime
from rendezvous.agreements.models.outcome import Outcome, Result, Why
from rendezvous.agreements.models.outline import Outline
from rendezvous.agreements.models.signing import EvidenceStep, Party, Seal, Signature, SigningCode
from rendezvous.agreements.models.work import Breach, Work

__all__ = [
    "Breach",
    "Deposit",
    "Document",
    "DocumentKind",
    "DocumentStatus",
    "EvidenceStep",
    "Letterhead",
    "Numbering",
    "Outcome",
    "Outline",
    "Party",
    "Regime",
    "Remark",
    "Result",
    "Seal",
    "Signature",
    "SigningCode",
    "Version",
    "Why",
    "Work",
]
