# The server as it is published, and what it needs of other packages; nothing that installs, compiles, or opens a shell.
#   docker build --tag postern .
#   docker run --read-only --env-file postern.env --publish 4000:4000 postern
FROM node:24-trixie-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund
RUN node scripts/release.ts --dry-run
# Of other packages only those that package-lock.json names for production, beside what is published.
RUN npm ci --omit=dev --omit=optional --workspaces=false --ignore-scripts --no-audit --no-fund
RUN rm -rf node_modules/@postern node_modules/.package-lock.json
RUN find node_modules -name .bin -prune -exec rm -rf {} +
RUN mv node_modules dist/release/server/node_modules
RUN chmod -R a=rX dist/release/server

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Postern" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY --from=build --chown=0:0 /build/dist/release/server /app
ENV NODE_ENV=production
# As a number: Kubernetes does not believe in names that it is not root.
USER 65532:65532
EXPOSE 4000
ENTRYPOINT ["/nodejs/bin/node", "src/main.js"]
CMD ["serve"]
