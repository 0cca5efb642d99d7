"""The service as it is served, but with an advisor that needs no clinical knowledge: for tests of the service alone."""

import sys
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from hook_calls import FakeAdvisor

from service.app import create_app
from service.settings import Settings

settings = Settings()
uvicorn.run(create_app(settings, FakeAdvisor()), port=settings.port, access_log=False, log_level="warning")
