"""Partners, and one partner as its document."""

from fastapi import APIRouter

from api.routes import add_list, add_record
from register.document import Partner
from register.lists import PARTNER_LIST

router = APIRouter(tags=["partners"])
add_list(router, PARTNER_LIST)
add_record(router, "partners", Partner, "One partner as its document")
