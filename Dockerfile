# syntax=docker/dockerfile:1
# Build: docker build -t biologic-cds .
#
# Without BIOLOGIC_CDS_TENANTS (docs/trust.md) callers are not authenticated, so the service listens on the loopback only.
# Two ways to try it from a container:
#   docker run --rm --network host biologic-cds
#   docker run --rm -p 127.0.0.1:8000:8000 -e BIOLOGIC_CDS_HOST=0.0.0.0 \
#       -e BIOLOGIC_CDS_UNSAFE_DEMO_ON_ALL_INTERFACES=true biologic-cds
# The second one listens on all interfaces of the container: publish the port on 127.0.0.1 only, as shown, and send no
# real patient data.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock && pip install hatchling
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY cards cards
COPY service service
RUN pip install --no-deps --no-build-isolation . && pip uninstall --yes hatchling pip

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --no-create-home biologic \
    && install -d -o biologic -g biologic /data
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 BIOLOGIC_CDS_DATA_DIR=/data BIOLOGIC_CDS_PORT=8000
WORKDIR /data
USER biologic
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s --retries=3 CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['BIOLOGIC_CDS_PORT'] + '/health', timeout=2)"]
CMD ["biologic-cds", "serve"]
