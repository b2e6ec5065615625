"""What the site may refuse, as sentences for people."""

from kamerton.platform.errors import BusinessError


class NotConnected(BusinessError):
    """This installation has no access to the site."""


class SiteForbids(BusinessError):
    """The site lets us not do this: the access was taken back, is not paid, or is too narrow."""


class SiteHasNone(BusinessError):
    """The site knows no such vacancy, or does not show it to us."""


class SiteSilent(BusinessError):
    """The site does not answer, or not as its specification says."""


class ActionImpossible(BusinessError):
    """The site does not offer this with a response now."""


class TooManyAsked(BusinessError):
    """The site wants no more questions for a while."""

    def __init__(self, message: str, seconds: float | None = None) -> None:
        super().__init__(message, status=429)
        self.seconds = seconds
