"""Which documents a request may reach: a member those of the practice, a reader the one of the link."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from rendezvous.agreements.models import Document, DocumentStatus
from rendezvous.practice.access import DeskRequest
from rendezvous.practice.links import find_by_token

WITH = ("practice__letterhead", "inquiry__person__organisation", "inquiry__practice")


def own_document(request: DeskRequest, pk: int) -> Document:
    """The document, if it is this practice's; another practice's does not exist."""
    return get_object_or_404(request.practice.documents.select_related(*WITH), pk=pk)


def document_of_link(token: str) -> Document:
    """The document that this link opens, once it was sent."""
    document = find_by_token(Document.objects.select_related(*WITH), token)
    if document is None or document.status == DocumentStatus.DRAFT:
        raise Http404("no such link")
    return document
