# Slipway's server in a container, with the host engine's socket: see docker-compose.yml.
ARG WITHOUT_DOCKER_HUB="run: npm run images, then docker compose up again"
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The certificate is there where `npm run images` found NODE_EXTRA_CA_CERTS: a network that inspects TLS.
COPY package.json package-lock.json .npmrc .cache/extra-ca.pe[m] ./
COPY launcher ./launcher
# Node 26 goes to XDG_CACHE_HOME, the packages to node_modules.
ENV XDG_CACHE_HOME=/opt
RUN if [ -f extra-ca.pem ]; then export NODE_EXTRA_CA_CERTS=/app/extra-ca.pem; fi; node launcher/run.mjs --install
COPY . .
RUN /opt/slipway/node-26/bin/node node_modules/vite/bin/vite.js build --config web/vite.config.ts --logLevel warn

FROM ${BASE}
LABEL slipway=1 slipway.kind=server
COPY --from=build /opt/slipway /opt/slipway
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/slipway/node-26/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
EXPOSE 8080
CMD ["node", "server/main.ts"]
