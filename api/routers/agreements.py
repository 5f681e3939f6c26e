"""Agreements, and one agreement as its document."""

from fastapi import APIRouter

from api.routes import add_list, add_record
from register.document import Agreement
from register.lists import AGREEMENT_LIST

router = APIRouter(tags=["agreements"])
add_list(router, AGREEMENT_LIST)
add_record(router, "agreements", Agreement, "One agreement as its document")
