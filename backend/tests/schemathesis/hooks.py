"""What Schemathesis has to know of this API: how to sign in, and which ids there are.

RAPI_TEST_PEOPLE is the folder that people.py wrote to, RAPI_TEST_ROLE whom to sign in as.
"""

import hashlib
import json
import os
import urllib.request
import uuid

import schemathesis

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
    """Three of four made-up ids become ids that there are; which one follows from the made-up one, so a run can be repeated."""
    made_up, ids = (case.path_parameters or {}).get("id"), known_ids(case.operation.path)
    if not ids or not is_uuid(made_up):
        return
    number = int.from_bytes(hashlib.sha256(str(made_up).encode()).digest()[:4], "big")
    if number % 4 and made_up not in ids:
        case.path_parameters["id"] = ids[number // 4 % len(ids)]


def is_uuid(text):
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False
