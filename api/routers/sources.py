"""Sources of the selected agreements, and what other lists say."""

from fastapi import APIRouter

from api.routes import add_list
from register.lists import MENTION_LIST, SOURCE_LIST

router = APIRouter(tags=["sources"])
add_list(router, SOURCE_LIST)
add_list(router, MENTION_LIST)
