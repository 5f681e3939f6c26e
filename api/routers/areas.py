"""The controlled list of areas."""

from fastapi import APIRouter

from api.routes import add_list
from register.lists import AREA_LIST

router = APIRouter(tags=["areas"])
add_list(router, AREA_LIST)
