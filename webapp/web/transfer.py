"""What goes over the wire: our few static files, from memory, and compressed pages.

A slow connection gets the first page in one round of packets only if it is compressed, so the
app does it itself and needs no server in front. A compressed page that holds a secret is safe
here: nothing that another site can choose is ever repeated in such a page, because a request
that another site starts carries no draft cookie.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
_COMPRESSED = ("text/html", "application/json", "text/plain")
_WORTH_COMPRESSING = 500  # bytes


@dataclass(frozen=True)
class StaticFile:
    type: str
    plain: bytes
    zipped: bytes


class StaticFiles:
    """The built assets by their hashed names; `urls` maps the plain name to the address."""

    def __init__(self, folder: Path) -> None:
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        except FileNotFoundError as error:
            raise RuntimeError("The assets are not built: run ./run --setup-only") from error
        self.urls = {name: f"/static/{hashed}" for name, hashed in manifest.items()}
        self.files = {hashed: _read(folder / hashed) for hashed in manifest.values()}

    def serve(self, name: str) -> Response:
        file = self.files.get(name)
        if file is None:
            abort(404)
        zipped = accepts_gzip()
        response = Response(file.zipped if zipped else file.plain, content_type=file.type)
        # The name holds the content's hash: what was fetched once never changes.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _read(path: Path) -> StaticFile:
    return StaticFile(
        type=_TYPES[path.suffix],
        plain=path.read_bytes(),
        zipped=path.with_name(path.name + ".gz").read_bytes(),
    )


def accepts_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


def compress(response: Response) -> Response:
    if response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    if response.mimetype not in _COMPRESSED:
        return response
    response.vary.add("Accept-Encoding")
    if accepts_gzip() and len(response.get_data()) >= _WORTH_COMPRESSING:
        # mtime=0: the same page gives the same bytes
        response.set_data(gzip.compress(response.get_data(), compresslevel=9, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def set_up_transfer(app: Flask) -> None:
    files = StaticFiles(STATIC)
    app.add_url_rule("/static/<name>", "static_file", files.serve)
    app.add_template_global(files.urls.__getitem__, "static_url")
    app.after_request(compress)
