"""The first owner and her practice."""

from django.db import transaction
from django.utils.text import slugify

from rendezvous.practice.models import Member, Practice, Role, User


@transaction.atomic
def set_up(name: str, email: str, password: str, language: str = "fr") -> Member:
    """A user, her practice, and her place in it. The practice's page is live from then on."""
    user = User.objects.create_user(email=email, password=password, name=name)
    practice = Practice.objects.create(
        name=name, signature=name, email=user.email, slug=free_slug(name), language=language
    )
    return Member.objects.create(practice=practice, user=user, role=Role.OWNER)


def free_slug(name: str) -> str:
    base = slugify(name)[:40] or "practice"
    slug, number = base, 1
    while Practice.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
