"""A sign-in server for MeetingServer. Run: SECRET=whsec_… python3 sign_in.py 8900"""
import base64, hashlib, hmac, json, os, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
PEOPLE = {"alice": {"password": "wonderland", "role": "host", "account": "ACME0001"}, "bob": {"password": "builder"}}
TICKETS = {"ticket-of-bob": "bob"}  # a portal makes one for every click, and forgets it when it was shown
PINS = {("123456789", "4711"): "alice"}

def whom(asked):
    if asked["action"] == "login" and PEOPLE.get(asked["user"], {}).get("password") == asked["password"]:
        return asked["user"]
    if asked["action"] == "ticket":
        return TICKETS.pop(asked["ticket"], None)
    if asked["action"] == "dialin":
        return PINS.get((asked["conference"], asked["pin"]))
    return asked["user"] if asked["action"] == "join" and asked["user"] in PEOPLE else None

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body, header = self.rfile.read(int(self.headers["Content-Length"])), self.headers.get
        signed = f"{header('webhook-id')}.{header('webhook-timestamp')}.".encode() + body
        right = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        if right not in header("webhook-signature", "").split() or abs(time.time() - int(header("webhook-timestamp"))) > 300:
            return self.send_error(400)
        asked = json.loads(body)
        user = whom(asked)
        answer = {"result": "deny", "message": "We do not know you."} if user is None else {
            "result": "allow", "nonce": asked["id"], "user_id": user, "display_name": user.title(), "expires_in": 3600,
            "role": PEOPLE[user].get("role", "guest"), "account": PEOPLE[user].get("account", "")}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
