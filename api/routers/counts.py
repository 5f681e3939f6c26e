"""How many agreements the filters select, by status, area and partner."""

from fastapi import APIRouter

from api.routes import add_list
from register.lists import AREA_COUNTS, PARTNER_COUNTS, STATUS_COUNTS

router = APIRouter(tags=["counts"])
for listed in (STATUS_COUNTS, AREA_COUNTS, PARTNER_COUNTS):
    add_list(router, listed)
