"""The service as it is served, but with an advisor that needs no clinical knowledge: for tests of the service alone."""

import sys
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from hook_calls import FakeAdvisor

from service.app import create_app
from service.settings import Settings
from service.web.http_protocol import OutcomeProtocol

settings = Settings()
app = create_app(settings, FakeAdvisor())
uvicorn.run(app, port=settings.port, http=OutcomeProtocol, access_log=False, log_level="warning")
