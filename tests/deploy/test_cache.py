"""What nginx keeps, for whom, and what it does not."""

from collections.abc import Callable

import brotli
import pytest

from dashboard import modules
from tests.deploy.load import Answer, ask
from tests.deploy.servers import Nginx, Server, free_port, wait_until

LIST = "/api/v1/agreements"


@pytest.fixture
def pinned(edge: Nginx) -> str:
    version = ask(edge.url, "/api/v1/").headers["register-version"]
    return f"as_of=2022-03-01&version={version}"


def cache(answer: Answer) -> str:
    return answer.headers["x-cache-status"]


@pytest.mark.parametrize("path", [LIST, f"{LIST}.csv", "/api/v1/partners/istanbul"])
def test_what_never_changes_is_asked_for_once(edge: Nginx, pinned: str, path: str) -> None:
    first = ask(edge.url, f"{path}?{pinned}")
    again = [ask(edge.url, f"{path}?{pinned}") for _ in range(5)]

    assert (first.status, cache(first)) == (200, "MISS")
    assert {(each.status, cache(each), each.body) for each in again} == {(200, "HIT", first.body)}
    assert "immutable" in again[0].headers["cache-control"]
    etag = first.headers["etag"]
    assert ask(edge.url, f"{path}?{pinned}", if_none_match=etag).status == 304


@pytest.mark.parametrize("path", [LIST, "/feeds/events.atom", "/feeds/expiring.ics"])
def test_what_can_change_is_asked_for_again_and_not_sent_again(edge: Nginx, path: str) -> None:
    first, answers = ask(edge.url, path), []

    def expired() -> bool:
        answers.append(ask(edge.url, path))
        return cache(answers[-1]) != "HIT"

    wait_until(expired, "what is a second old is asked for again")

    assert cache(first) == "MISS"
    assert cache(answers[-1]) == "REVALIDATED"
    assert {(each.status, each.body) for each in answers} == {(200, first.body)}
    wait_until(
        lambda: "304" in [each["replica_status"] for each in edge.requests()],
        "it is written down that the replica sent nothing",
    )


def test_each_form_and_question_is_kept_by_itself(edge: Nginx, pinned: str) -> None:
    for _ in range(2):
        as_json = ask(edge.url, f"{LIST}?{pinned}")
        as_csv = ask(edge.url, f"{LIST}?{pinned}", accept="text/csv")
        fewer = ask(edge.url, f"{LIST}?{pinned}&city=istanbul")
    assert cache(as_json) == cache(as_csv) == cache(fewer) == "HIT"
    assert as_json.headers["content-type"] == "application/json"
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert fewer.json()["matching"] < as_json.json()["matching"]


def test_it_is_kept_compressed_once_and_unpacked_for_who_does_not_take_it(
    edge: Nginx, pinned: str
) -> None:
    packed = ask(edge.url, f"{LIST}?{pinned}", accept_encoding="gzip, br")
    plain = ask(edge.url, f"{LIST}?{pinned}", accept_encoding="identity")
    other = ask(edge.url, f"{LIST}?{pinned}", accept_encoding="br;q=1.0, gzip;q=0.8")

    assert [cache(packed), cache(plain), cache(other)] == ["MISS", "HIT", "HIT"]
    assert packed.headers["content-encoding"] == other.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert len(packed.body) * 2 < len(plain.body)
    assert plain.json()["shown"] > 0


def test_a_script_of_the_pages_is_kept_as_each_browser_takes_it(edge: Nginx) -> None:
    script = next(f"/{each.removeprefix('./')}" for each in modules.needed() if "Chart" in each)
    asked = {"br": "gzip, deflate, br, zstd", "gzip": "gzip, br;q=0", None: "identity"}
    for _ in range(2):
        got = {
            coding: ask(edge.url, script, accept_encoding=each) for coding, each in asked.items()
        }

    assert {each.headers.get("content-encoding") for each in got.values()} == {*asked}
    assert {cache(each) for each in got.values()} == {"HIT"}
    assert brotli.decompress(got["br"].body) == got[None].body
    assert all("immutable" in each.headers["cache-control"] for each in got.values())


def test_a_parquet_file_is_read_by_parts_also_out_of_the_cache(edge: Nginx, pinned: str) -> None:
    address = f"{LIST}.parquet?{pinned}"
    for status in ("MISS", "HIT"):
        answer = ask(edge.url, address, range="bytes=0-3")
        assert (answer.status, answer.body, cache(answer)) == (206, b"PAR1", status)
    head = ask(edge.url, address, "HEAD")
    assert (cache(head), head.body, head.headers["accept-ranges"]) == ("HIT", b"", "bytes")
    assert head.headers["content-length"] == str(len(ask(edge.url, address).body))


def test_what_a_program_asked_for_can_be_read_by_the_page_of_another_site(
    edge: Nginx, pinned: str
) -> None:
    ask(edge.url, f"{LIST}?{pinned}")
    answer = ask(edge.url, f"{LIST}?{pinned}", origin="https://partnerships.example.org")

    assert cache(answer) == "HIT"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_request_has_one_name_in_all_logs_and_an_answer_that_of_its_own_request(
    edge: Nginx, pinned: str
) -> None:
    first = ask(edge.url, f"{LIST}?{pinned}", x_request_id="the-first-one")
    again = ask(edge.url, f"{LIST}?{pinned}")
    hostile = ask(edge.url, f"{LIST}?{pinned}", x_request_id='"}\t{"')
    names = [each.headers["x-request-id"] for each in (first, again, hostile)]

    assert names[0] == "the-first-one"
    assert len({*names}) == 3
    wait_until(
        lambda: {*names} <= {each["request_id"] for each in edge.requests()},
        "they are written down",
    )


def test_addresses_in_an_answer_are_those_of_the_public(
    replicas: list[Server], new_nginx: Callable[..., Nginx]
) -> None:
    behind_tls = new_nginx(replicas, more="set $public_scheme https;")

    feed = ask(behind_tls.url, "/feeds/events.atom").body.decode()
    assert f'href="https://{behind_tls.place}/feeds/events.atom' in feed
    assert "http://127.0.0.1" not in feed
    assert ask(behind_tls.url, "/").headers["set-cookie"].endswith("; Secure")


def test_an_error_is_not_kept(edge: Nginx) -> None:
    for path, status in ((f"{LIST}?city=nowhere", 422), (f"{LIST}?version=0123456789ab", 410)):
        answers = [ask(edge.url, path) for _ in range(2)]
        assert [(each.status, cache(each)) for each in answers] == [(status, "MISS")] * 2


def test_the_files_of_the_pages_are_kept_and_the_pages_are_not(edge: Nginx) -> None:
    html = ask(edge.url, "/").body.decode()
    script = html.split('src="')[1].split('"')[0].lstrip("./")
    assert [cache(ask(edge.url, f"/{script}")) for _ in range(2)] == ["MISS", "HIT"]
    for address in ("/", "/timeline", "/healthz", "/readyz", "/_stcore/health"):
        answer = ask(edge.url, address)
        assert answer.status == 200
        assert "x-cache-status" not in answer.headers


def test_only_reading_is_let_through_and_the_figures_of_a_replica_are_not(edge: Nginx) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(edge.url, LIST, method).status == 403
    for address in ("/metrics", "//metrics", "/%6Detrics"):
        assert ask(edge.url, address).status == 404


def test_who_asks_for_too_much_is_told_when_to_ask_again(
    replicas: list[Server], new_nginx: Callable[..., Nginx]
) -> None:
    slow = """
limit_req_zone $binary_remote_addr zone=questions:1m rate=1r/m;
limit_req_status 429;
limit_conn_zone $binary_remote_addr zone=pages:1m;
"""
    edge = new_nginx(replicas, limits=slow)
    answers = [ask(edge.url, "/api/v1/statuses") for _ in range(110)]
    refused = [answer for answer in answers if answer.status == 429]

    assert 0 < len(refused) < len(answers)
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert refused[0].headers["retry-after"] == "1"
    assert refused[0].json()["status"] == 429
    assert ask(edge.url, "/").status == 200


def test_when_all_replicas_are_gone_what_is_kept_is_answered_and_the_rest_says_so(
    edge: Nginx, pinned: str
) -> None:
    kept = [f"{LIST}?{pinned}", "/api/v1/statuses"]
    before = [ask(edge.url, address).body for address in kept]
    edge.lead_to([f"127.0.0.1:{free_port()}"])
    edge.reload()
    wait_until(lambda: ask(edge.url, "/").status == 503, "nginx has the new replicas")

    assert [ask(edge.url, address).body for address in kept] == before
    unknown = ask(edge.url, f"{LIST}?limit=7")
    assert (unknown.status, unknown.headers["retry-after"]) == (503, "10")
    assert unknown.json()["title"] == "Service Unavailable"
    assert "not available" in ask(edge.url, "/timeline").body.decode()
