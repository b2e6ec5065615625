"""Who the caller is."""

from ninja import Router, Schema

from kamerton.api.problems import PROBLEMS
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request

router = Router(tags=["me"])


class Me(Schema):
    """The person behind the session or the token."""

    id: int
    full_name: str
    email: str
    roles: list[str]
    scope: str
    permissions: list[str]

    @staticmethod
    def resolve_permissions(user: User) -> list[str]:
        """Name all that the person may do."""
        return sorted(user.permissions)


@router.get("", response={200: Me, 401: PROBLEMS[401]}, summary="Who I am")
def me(request: Request) -> User:
    """Tell who the caller is and what he may do."""
    return request.user
