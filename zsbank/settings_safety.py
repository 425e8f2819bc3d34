"""Settings of headers and transport: what browsers may do with the pages, and that they come by TLS."""

from csp.constants import NONCE, SELF
from csp.constants import NONE as CSP_NONE

from zsbank import environment

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.mode() == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [CSP_NONE],
        "frame-src": [SELF],
        "frame-ancestors": [CSP_NONE],
        "base-uri": [CSP_NONE],
        "form-action": [SELF],
    },
}
