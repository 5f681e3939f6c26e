"""Sources of the selected agreements."""

from fastapi import APIRouter

from api.routes import add_list
from register.lists import SOURCE_LIST

router = APIRouter(tags=["sources"])
add_list(router, SOURCE_LIST)
