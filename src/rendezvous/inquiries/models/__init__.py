from rendezvous.inquiries.models.brief import BriefSlot, Signal, Source
from rendezvous.inquiries.models.inquiry import Channel, Inquiry, Need, Stage
from rendezvous.inquiries.models.invitation import Invitation, Mode
from rendezvous.inquiries.models.judgement import Action, By, Decision, Forecast, Occasion, Recommendation
from rendezvous.inquiries.models.mail import Mailbox, OutgoingMail, Status
from rendezvous.inquiries.models.message import THANKS, Attachment, Direction, Draft, Message

__all__ = [
    "THANKS",
    "Action",
    "Attachment",
    "BriefSlot",
    "By",
    "Channel",
    "Decision",
    "Direction",
    "Draft",
    "Forecast",
    "Inquiry",
    "Invitation",
    "Mailbox",
    "Message",
    "Mode",
    "Need",
    "Occasion",
    "OutgoingMail",
    "Recommendation",
    "Signal",
    "Source",
    "Stage",
    "Status",
]
