"""What a status can be."""

from fastapi import APIRouter

from api.routes import add_list
from register.lists import STATUS_LIST

router = APIRouter(tags=["statuses"])
add_list(router, STATUS_LIST)
