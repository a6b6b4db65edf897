# The program alone. What belongs to an office (config/, queue/, var/) is mounted under /srv/medsosbot; docs/operations.md
# tells how, and compose.yaml does it.
#
# The base is pinned by the digest of its multi-platform index, as many public Dockerfiles pin it; it wasn't pulled here.
# To renew it: docker pull python:3.11-slim-bookworm, and write down the digest that it prints.
FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d

ENV PATH=/opt/medsosbot/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# The packages first: this layer is made anew only when the lock file changes.
WORKDIR /opt/medsosbot
COPY requirements.txt ./
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes --no-deps --only-binary :all: -r requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY src src
# src/medsosbot/words/ links to these: they become part of the package.
COPY config/words config/words
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
      --no-deps --no-build-isolation --no-index . \
 && .venv/bin/python -m pip --disable-pip-version-check check \
 && .venv/bin/medsosbot --version

# A user without a name, a home or a shell. compose.yaml puts the office's own uid in its place.
RUN mkdir -p /srv/medsosbot/config /srv/medsosbot/queue /srv/medsosbot/var \
 && chown -R 10001:10001 /srv/medsosbot
USER 10001:10001
WORKDIR /srv/medsosbot
VOLUME ["/srv/medsosbot/config", "/srv/medsosbot/queue", "/srv/medsosbot/var"]

# The last tick of the running service, read from the database: no port is open.
HEALTHCHECK --interval=60s --timeout=15s --start-period=60s --retries=3 CMD ["medsosbot", "doctor", "--tick"]

# The service ends by itself within 10 s of SIGTERM: give it 15 (`docker stop -t 15`; compose.yaml does).
STOPSIGNAL SIGTERM
ENTRYPOINT ["medsosbot"]
CMD ["run"]
