"""The floor every figure is a ratio to: FastAPI reads the body, ``orjson.loads`` it and answers a static card."""

import orjson
from fastapi import FastAPI, Request, Response

CARD = orjson.dumps({"cards": [{"summary": "static", "indicator": "info", "source": {"label": "floor"}}]})

app = FastAPI()


@app.post("/cds-services/biologic-cds-order-select")
async def answer(request: Request) -> Response:
    orjson.loads(await request.body())
    return Response(CARD, media_type="application/json")
