"""What a request means, told from what the browser can have known when it was made.

``P`` and ``Q`` are pages. A reader is on P, whose links to Q keep the city.
"""

import pytest

from dashboard.place import Place
from dashboard.request import Request
from register.filters import Address

EMPTY: Address = {}
CITY, DAY = {"city": ["istanbul"]}, {"as_of": ["2015-06-01"]}


def asks(
    page: str, address: Address, at: str | None = None, *, from_history: bool = False
) -> Request:
    """A request for the page by a browser that is on the page ``at``, by default the same."""
    return Request(page, address, from_history, in_place=(at or page) == page)


def follow(place: Place, written: Address, *offered: Address) -> None:
    """What a run does after it has understood its request."""
    place.unread = False
    place.address = written
    place.sent.append(written)
    for address in offered:
        place.offer(address)


@pytest.fixture
def place() -> Place:
    """On P without filters; it offers itself, a link to Q, and a link to the city."""
    place = Place("P", EMPTY, "p")
    follow(place, EMPTY, EMPTY, CITY)
    return place


def test_a_link_moves_to_its_page_and_address(place: Place) -> None:
    assert place.take(asks("Q", CITY, at="P"))

    assert (place.page, place.address, place.unread, place.moved) == ("Q", CITY, True, True)
    assert place.holds == {}


def test_a_link_on_the_page_where_it_stands_is_followed(place: Place) -> None:
    place.take(asks("P", CITY))

    assert (place.address, place.unread, place.moved) == (CITY, True, False)


def test_a_widget_changes_no_address(place: Place) -> None:
    place.change("q", "tram")
    place.take(asks("P", EMPTY))

    assert not place.unread


def test_what_was_changed_since_the_link_was_drawn_holds(place: Place) -> None:
    place.change("q", "tram")
    place.take(asks("P", EMPTY))
    follow(place, {"q": ["tram"]}, {"q": ["tram"]}, CITY | {"q": ["tram"]})
    # The browser has not drawn it yet: this link is of the time before.
    place.take(asks("Q", CITY, at="P"))

    assert (place.address, place.holds) == (CITY, {"q": "tram"})


def test_a_link_of_an_earlier_drawing_knows_of_no_later_change(place: Place) -> None:
    place.take(asks("P", EMPTY))
    follow(place, EMPTY, EMPTY)
    # The newest drawing was given up before it came to that link: it is of the one before.
    place.change("q", "tram")
    place.take(asks("Q", CITY, at="P"))

    assert (place.page, place.holds) == ("Q", {"q": "tram"})


def test_a_link_that_knows_of_the_change_is_taken_as_it_is(place: Place) -> None:
    place.change("city", ["istanbul"])
    place.take(asks("P", EMPTY))
    # The new drawing has a way back to the view without the city.
    follow(place, CITY, CITY, EMPTY)
    place.take(asks("Q", EMPTY, at="P"))

    assert (place.address, place.holds) == (EMPTY, {})


def test_a_change_and_a_link_in_one_request(place: Place) -> None:
    place.change("q", "tram")
    place.take(asks("Q", CITY, at="P"))

    assert (place.page, place.holds) == ("Q", {"q": "tram"})


def test_a_request_from_where_one_was_after_the_link_was_followed(place: Place) -> None:
    place.take(asks("Q", CITY, at="P"))
    follow(place, CITY, CITY)
    # The browser's widgets still have no city.
    place.change("city", [])

    assert not place.take(asks("P", CITY, at="P"))
    assert (place.page, place.address, place.put_back) == ("Q", CITY, True)
    # It is sent to Q, and nothing of what it had counts.
    assert place.take(asks("Q", CITY, at="P"))
    assert not place.unread
    place.take(asks("P", CITY, at="Q"))
    assert place.holds == {}


def test_a_request_from_where_one_was_before_the_link_was_followed(place: Place) -> None:
    place.take(asks("Q", CITY, at="P"))
    place.change("q", "tram")

    assert not place.take(asks("P", CITY, at="P"))
    assert not place.put_back
    assert place.take(asks("Q", CITY, at="P"))
    assert (place.page, place.address, place.unread) == ("Q", CITY, True)


def test_two_links_in_a_row_lead_to_the_second(place: Place) -> None:
    place.take(asks("Q", EMPTY, at="P"))
    assert place.take(asks("R", CITY, at="P"))

    assert (place.page, place.address) == ("R", CITY)


def test_an_address_that_the_browser_has_not_yet_replaced_is_not_followed(place: Place) -> None:
    place.change("city", ["istanbul"])
    place.take(asks("P", EMPTY))
    follow(place, CITY, CITY)
    # Another change is quicker than the line: it comes with the address of before.
    place.change("as_of", "2015-06-01")
    place.take(asks("P", EMPTY))

    assert (place.address, place.unread) == (CITY, False)
    follow(place, CITY | DAY, CITY | DAY)
    place.take(asks("P", CITY | DAY))
    assert (place.address, place.unread) == (CITY | DAY, False)


def test_a_click_that_is_no_link_with_an_old_address_is_not_followed(place: Place) -> None:
    place.take(asks("P", CITY))
    follow(place, CITY, CITY)
    place.take(asks("P", DAY))

    assert (place.address, place.unread) == (CITY, False)


def test_back_is_followed_and_nothing_holds(place: Place) -> None:
    place.take(asks("Q", CITY, at="P"))
    follow(place, CITY, CITY, EMPTY)
    place.change("q", "tram")
    assert place.take(asks("P", EMPTY, at="P", from_history=True))

    assert (place.page, place.address, place.unread, place.holds) == ("P", EMPTY, True, {})


def test_back_on_the_same_page_is_followed(place: Place) -> None:
    place.take(asks("P", CITY))
    follow(place, CITY, CITY)
    place.take(asks("P", EMPTY, from_history=True))

    assert (place.address, place.unread) == (EMPTY, True)
