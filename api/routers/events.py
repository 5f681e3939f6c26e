"""Events, and one event as its document."""

from fastapi import APIRouter

from api.routes import add_list, add_record
from register.document import Event
from register.lists import EVENT_LIST

router = APIRouter(tags=["events"])
add_list(router, EVENT_LIST)
add_record(router, "events", Event, "One event as its document")
