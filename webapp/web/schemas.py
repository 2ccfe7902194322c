"""The schemas of what leaves the service as data, each at an address that does not change."""

from __future__ import annotations

import json

from flask import Blueprint, Flask, Response

from webapp.messages.request_json import ADDRESS, schema


def set_up_schemas(app: Flask, origin: str) -> None:
    """`origin`: how people reach the service; the `$id` of each schema begins with it."""
    published = json.dumps(schema(origin), ensure_ascii=False, indent=1)
    schemas = Blueprint("schemas", __name__)

    @schemas.get(ADDRESS)
    def meeting_request() -> Response:
        response = Response(published, mimetype="application/schema+json")
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    app.register_blueprint(schemas)
