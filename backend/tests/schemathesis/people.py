"""Fills a fresh backend with people of every role and orders in every stage, and writes down what the run needs to know.

    people.py URL DATA_FOLDER ADMIN_EMAIL OUT_FOLDER     (the admin's password comes on stdin)

Writes OUT_FOLDER/people.json: who can sign in, and the ids there are, by the beginning of the path they belong to; and
OUT_FOLDER/secrets.txt: what must not appear in a log, one a line.
"""

import glob
import json
import sys
import time
import urllib.error
import urllib.request

PASSWORD = "sapu-lidi-bersih-42"
PLACE = {"latitude": -6.2607, "longitude": 106.8137}
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xff\xff\xff\x7f\0\t\xfb\x03\xfd*\x86\xe3\x8a\0\0\0\0IEND\xaeB`\x82"
)
DEADLINE = 30.0


class Person:
    """Somebody who calls the API."""

    def __init__(self, url, email, phone=None):
        self.url, self.email, self.phone, self.token = url, email, phone, None

    def call(self, method, path, body=None, kind="application/json"):
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": kind}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(text) if text else None

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, {} if body is None else body)

    def keep(self, tokens):
        self.token, self.id = tokens["access_token"], tokens["user"]["id"]
        self.tokens = [tokens["access_token"], tokens["refresh_token"]]

    def upload(self, purpose):
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n'.encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="foto.png"\r\n\r\n'.encode() + PNG,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        return self.call("POST", "media", b"".join(parts), f"multipart/form-data; boundary={edge}")


def until(what, look):
    """Looks until there is something; what never comes is a failure."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"never came: {what}")


class Town:
    """Everybody, and how they came to be."""

    def __init__(self, url, data):
        self.url, self.data, self.everybody, self.cards, self.media = url, data, [], [], []

    def otp(self, email):
        for path in glob.glob(f"{self.data}/outbox/*.json"):
            with open(path, encoding="utf-8") as file:
                message = json.load(file)
            if message["to"] == email and message.get("otp_code"):
                return message["otp_code"]
        return None

    def person(self, user_type):
        number = len(self.everybody)
        person = Person(self.url, f"orang-{number:03}@contoh.id", f"+6281277001{number:03}")
        about = {"full_name": f"Orang {number}", "email": person.email, "phone": person.phone}
        person.post("auth/register", {**about, "password": PASSWORD, "user_type": user_type})
        code = until("a one-time code", lambda: self.otp(person.email))
        person.keep(person.post("auth/otp/verify", {"email": person.email, "otp_code": code}))
        self.everybody.append(person)
        return person

    def applicant(self):
        person = self.person("SERVICE_PROVIDER")
        photos = [person.upload(purpose) for purpose in ("id_card", "selfie")]
        self.media += [photo["id"] for photo in photos]
        card, account = f"317401450690{len(self.everybody):04}", f"88990011{len(self.everybody):04}"
        self.cards += [card, account]
        papers = {"id_card_number": card, "id_card_photo_url": photos[0]["url"], "selfie_with_id_url": photos[1]["url"]}
        bank = {"bank_account_name": "Wati Lestari", "bank_name": "BCA", "bank_account_number": account}
        person.post("me/verification", {**papers, **bank})
        return person

    def provider(self, admin):
        person = self.applicant()
        papers = admin.get("admin/verifications?status=PENDING&limit=100")["items"]
        hers = next(item["id"] for item in papers if item["user"]["id"] == person.id)
        admin.post(f"admin/verifications/{hers}/approve")
        person.call("PATCH", "me/provider-profile", {"service_types": ["cleaning"], "bio": "Rapi dan cepat"})
        person.call("PUT", "me/availability", {"is_available": True, **PLACE})
        return person


# What leads from one stage of an order to the next: who calls what with which body.
WAY = [
    ("ACCEPTED", "provider", "accept", {}),
    ("ON_THE_WAY", "provider", "depart", {}),
    ("ARRIVED", "provider", "arrive", {}),
    ("WORKING", "provider", "work-session/start", {}),
    ("STOPPED", "provider", "work-session/stop", {}),
    ("PAID", "provider", "payment/confirm-cash", {}),
    ("COMPLETED", "client", "rating", {"rating": 5, "review": "Bersih sekali"}),
]


def order(client, provider, stage):
    """An order that has come as far as `stage`."""
    about = {"description": "Dapur dan dua kamar mandi", "service_address": "Jl. Kemang Raya 12, RT 3/RW 5"}
    place = {"service_latitude": PLACE["latitude"], "service_longitude": PLACE["longitude"]}
    category = next(category["id"] for category in client.get("categories") if category["slug"] == "cleaning")
    wish = {"requested_time": "2026-01-01T00:00:00Z", "payment_method": "CASH", "service_category_id": category}
    made = client.post("orders", {**about, **place, **wish})["id"]
    for reached, who, verb, body in WAY if stage != "PENDING" else []:
        (provider if who == "provider" else client).post(f"orders/{made}/{verb}", body)
        if reached == "ON_THE_WAY":
            fix = {**PLACE, "accuracy_meters": 8.0, "recorded_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
            provider.post("me/location", [fix])
        if reached == stage:
            break
    return made


def ids(page):
    return [item["id"] for item in (page if isinstance(page, list) else page["items"])]


def main():
    url, data, admin_email, out = sys.argv[1:]
    town, admin = Town(url, data), Person(url, admin_email)
    admin_password = sys.stdin.readline().strip()
    admin.keep(admin.post("auth/login", {"email": admin_email, "password": admin_password}))
    client, other = town.person("CLIENT"), town.person("CLIENT")
    provider, applicant = town.provider(admin), town.applicant()
    # Nobody is on two jobs at once, so every stage of a job has a provider of its own; done work keeps nobody busy.
    orders = [order(client, provider, stage) for stage in ("COMPLETED", "PAID", "STOPPED", "STOPPED", "WORKING")]
    orders += [order(client, town.provider(admin), stage) for stage in ("ACCEPTED", "ON_THE_WAY", "ARRIVED")]
    orders += [order(client, None, "PENDING"), order(client, None, "PENDING"), order(other, None, "PENDING")]
    client.post(f"orders/{orders[-2]}/cancel", {"cancellation_reason": "Berubah pikiran"})
    client.post("wallet/top-ups", {"amount": 500_000, "payment_method": "BANK_TRANSFER"})
    for person in (client, provider):
        person.post("me/locations", {**PLACE, "label": "Rumah", "address": "Jl. Kemang Raya 12"})
        person.call("PUT", "me/devices/telepon", {"device_type": "ANDROID", "device_name": "Telepon"})
        town.media.append(person.upload("profile_photo")["id"])
    # They play no part; the newest is also what the list of people shows first.
    bystanders = [town.person("SERVICE_PROVIDER"), town.person("CLIENT"), town.person("CLIENT")]
    until("the top-up", lambda: client.get("wallet")["balance"] > 0)

    known = {
        "/orders": orders,
        "/admin/orders": orders,
        "/admin/verifications": ids(admin.get("admin/verifications")),
        "/admin/categories": ids(admin.get("admin/categories"))[1:],
        "/admin/withdrawals": [],
        "/admin/users": [person.id for person in bystanders],
        "/providers": [person.id for person in town.everybody[2:5]],
        "/media": town.media,
        "/wallet/top-ups": ids(client.get("wallet/top-ups")),
        "/notifications": ids(client.get("notifications")) + ids(provider.get("notifications")),
        "/me/locations": ids(client.get("me/locations")) + ids(provider.get("me/locations")),
    }
    roles = {"client": (client, PASSWORD), "provider": (provider, PASSWORD), "admin": (admin, admin_password)}
    people = {role: {"email": person.email, "password": password} for role, (person, password) in roles.items()}
    with open(f"{out}/people.json", "w", encoding="utf-8") as file:
        json.dump({"people": people, "ids": known}, file)
    secrets = [PASSWORD, admin_password, admin.email, *admin.tokens, *town.cards]
    for person in town.everybody:
        secrets += [person.email, person.phone, person.phone.removeprefix("+62"), *person.tokens]
    with open(f"{out}/secrets.txt", "w", encoding="utf-8") as file:
        file.write("\n".join(secrets) + "\n")


if __name__ == "__main__":
    main()
