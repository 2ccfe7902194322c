"""For whoever watches the service: whether it answers, and whether it can be relied on."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp import readiness
from webapp.web.visits import services

health = Blueprint("health", __name__)


@health.get("/health")
def alive() -> Response:
    """That this process answers; nothing else is looked at."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/health/ready")
def ready() -> tuple[Response, int]:
    """200 when requests can be saved and sent, else 503 with the names of what is wrong.

    What to do stands in the log, because paths are nobody else's business.
    """
    wrong = sorted(readiness.problems(services()))
    return jsonify(ready=not wrong, wrong=wrong), 503 if wrong else 200
