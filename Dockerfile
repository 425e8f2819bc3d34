# The same set-up as on any Debian: bin/setup. One image, three programs: web, worker, beat.
FROM python:3.11-slim-bookworm

WORKDIR /srv/zsbank
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client \
    && bin/setup \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 zsbank \
    && install -d -o zsbank -g zsbank /data

USER zsbank
ENV ZSBANK_MODE=production ZSBANK_DATA=/data ZSBANK_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
ENTRYPOINT [".venv/bin/python", "-m", "bin.supervisor", "--only"]
CMD ["web"]
