"""A request's body as parameters and uploads, in each form that clients use. Checks nothing."""

from typing import Any

from aiohttp import BodyPartReader, web

Uploads = dict[str, tuple[str, bytes]]


async def read(request: web.Request) -> tuple[dict[str, Any], Uploads]:
    """The parameters of the query and the body, and the uploaded files by field."""
    values: dict[str, Any] = dict(request.query)
    uploads: Uploads = {}
    if request.content_type == "application/json":
        values |= await request.json() if request.can_read_body else {}
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                values[part.name] = await part.text()
            else:
                uploads[part.name] = (part.filename, bytes(await part.read()))
    else:
        values |= dict(await request.post())
    return values, uploads
