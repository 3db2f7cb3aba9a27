"""What Schemathesis has to know of this API: how to sign in, and which ids there are.

RAPI_TEST_PEOPLE is the folder that people.py wrote to, RAPI_TEST_ROLE whom to sign in as.
"""

import hashlib
import json
import os
import time
import urllib.request
import uuid

import schemathesis

A_DAY = 24 * 60 * 60.0
FOLDER, ROLE = os.environ["RAPI_TEST_PEOPLE"], os.environ["RAPI_TEST_ROLE"]

with open(f"{FOLDER}/people.json", encoding="utf-8") as file:
    TOWN = json.load(file)


# Nonsense ends sessions too, its own among them: so now and then it signs in anew.
@schemathesis.auth(refresh_interval=20)
class SignedIn:
    """The token of the person this run is."""

    def get(self, case, context):
        url = case.operation.base_url.split("/api/")[0].rstrip("/")
        body = json.dumps(TOWN["people"][ROLE]).encode()
        request = urllib.request.Request(f"{url}/api/v1/auth/login", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            tokens = json.load(response)
        with open(f"{FOLDER}/secrets.txt", "a", encoding="utf-8") as secrets:
            secrets.write(f"{tokens['access_token']}\n{tokens['refresh_token']}\n")
        return tokens["access_token"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


def known_ids(path):
    """The ids that fit the path, by its longest known beginning."""
    path = path.removeprefix("/api/v1")
    fitting = [start for start in TOWN["ids"] if path.startswith(f"{start}/{{id}}")]
    return TOWN["ids"][max(fitting, key=len)] if fitting else []


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three of four made-up ids become ids that there are; which one follows from the made-up one, so a run can be repeated.

    An id that came along a link is what the chain is about, and stays. Only who may be suspended and signed out is always one of
    those who play no part: else the admin soon had nothing left to try.
    """
    given, ids = (case.path_parameters or {}).get("id"), known_ids(case.operation.path)
    if not ids or not is_uuid(given) or given in ids:
        return
    is_person = "/admin/users/" in case.operation.path
    if is_made_here(given) and not is_person:
        return
    number = int.from_bytes(hashlib.sha256(given.encode()).digest()[:4], "big")
    if number % 4 or is_made_here(given):
        case.path_parameters["id"] = ids[number // 4 % len(ids)]


# What a schema can say. A request that keeps to the document is refused for none of these …
SAYABLE = {"missing", "unknown", "too_long", "too_short", "out_of_range", "too_many"}

# … but for rules that hold between fields, or for what a map calls its members.
UNSAYABLE = {
    ("email", "missing"): "either an e-mail address or a phone number signs in",
    ("service_category_id", "missing"): "either a category or a custom one is ordered",
    ("latitude", "missing"): "latitude and longitude come together",
    ("lat", "missing"): "lat and lng come together, and a distance needs both",
    ("reason", "missing"): "a suspension has a reason",
    ("from", "out_of_range"): "the first day is not after the last, nor more than a year before it",
    ("rating_details", "too_short"): "the names of aspects are not empty",
    ("rating_details", "too_long"): "the names of aspects are not long",
}


@schemathesis.check
def limits_are_documented(context, response, case):
    """The document says how long, large and many things may be."""
    is_good = case.meta is not None and case.meta.generation.mode.is_positive
    if not is_good or response.status_code != 422:
        return
    faults = [(fault["field"], fault["code"]) for fault in response.json().get("errors", [])]
    # Items of lists and members of maps are texts and numbers of usual length; the document counts them only.
    unsaid = [(field, code) for field, code in faults if code in SAYABLE and not set(field) & set("[.")]
    unsaid = [fault for fault in unsaid if fault not in UNSAYABLE]
    assert not unsaid, f"the document does not say why these are refused: {unsaid}"


def is_made_here(text):
    """Did the backend make this id? Its own begin with the time in milliseconds (UUID v7); made-up ones hit today by no chance."""
    made = uuid.UUID(text)
    return made.version == 7 and abs((made.int >> 80) / 1000 - time.time()) < A_DAY


def is_uuid(text):
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False
