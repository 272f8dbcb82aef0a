"""What counts in a figure: requests of people who are business, whatever became of them."""

from django.db.models import Q

from rendezvous.inquiries.models import Stage

NO_REQUEST = "not_a_request"


def counted(inquiry: str = "inquiry__") -> Q:
    """Friends, what was set aside and what is no request are in no figure. `inquiry` is the way to the inquiry."""
    return (
        Q(**{f"{inquiry}person__not_business": False})
        & ~Q(**{f"{inquiry}stage": Stage.ASIDE})
        & ~Q(**{f"{inquiry}kind": NO_REQUEST})
    )
