FROM python:3.11-slim-bookworm
WORKDIR /app
COPY requirements.txt pyproject.toml README.md LICENSE ./
COPY src src
COPY config config
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements.txt \
 && .venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation --no-index .
VOLUME ["/app/config", "/app/queue", "/app/var"]
ENTRYPOINT ["/app/.venv/bin/medsosbot"]
CMD ["run"]
