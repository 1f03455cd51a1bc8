# Slipway's server in a container, with the host engine's socket: see docker-compose.yml.
ARG WITHOUT_DOCKER_HUB="run: npm run images, then docker compose up again"
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates libatomic1 libstdc++6 nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The certificate is there where `npm run images` found NODE_EXTRA_CA_CERTS: a network that inspects TLS.
COPY package.json package-lock.json .npmrc .cache/extra-ca.pe[m] ./
COPY launcher ./launcher
# Node 26 goes to XDG_CACHE_HOME, the packages to node_modules; without those for development.
ENV XDG_CACHE_HOME=/opt NODE_ENV=production
RUN if [ -f extra-ca.pem ]; then export NODE_EXTRA_CA_CERTS=/app/extra-ca.pem; fi; node launcher/run.mjs --install
COPY . .
RUN /opt/slipway/node-26/bin/node server/cli/page.ts

FROM ${BASE}
# What Node 26 is linked with.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libatomic1 libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
LABEL slipway=1 slipway.kind=server
COPY --from=build /opt/slipway /opt/slipway
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/slipway/node-26/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
EXPOSE 8080
CMD ["node", "server/main.ts"]
