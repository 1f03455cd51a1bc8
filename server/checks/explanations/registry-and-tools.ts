// Errors of the registry's API, of curl, and of what comes with registries: storage, manifests, platforms.

import type { Row } from './row.ts';

export const registryAndTools: readonly Row[] = [
  [
    'no-logins',
    /\.docker\/config\.json: No such file|Could not open file \S{0,100}\.docker\/config\.json/m,
    'Docker keeps no login here: the file is made by the first one.',
    'Log in first, with `docker login` and the address of the registry.',
  ],
  [
    'api-name-unknown',
    /"code":\s{0,4}"NAME_UNKNOWN"/m,
    'The registry has no repository of this name.',
    'Look at `/v2/_catalog`; `localhost:5000/nginx` is the repository `nginx`, not `library/nginx`.',
  ],
  [
    'api-manifest-unknown',
    /"code":\s{0,4}"MANIFEST_UNKNOWN"/m,
    'There is no manifest for this tag or digest (an unknown repository gives the same answer).',
    'Look at `/v2/<repository>/tags/list`; for a delete take the digest with the Accept header.',
  ],
  [
    'api-blob-unknown',
    /"code":\s{0,4}"BLOB_UNKNOWN"/m,
    "This repository has no blob with this digest, and a manifest's own digest isn't a blob's.",
    'Check the repository in the path, and take a digest that stands inside the manifest (config or layers).',
  ],
  [
    'api-unauthorized',
    /"code":\s{0,4}"UNAUTHORIZED"/m,
    "The API wants credentials, and curl doesn't read those of `docker login`.",
    'Use `curl -u user:password`.',
  ],
  [
    'api-unsupported',
    /"code":\s{0,4}"UNSUPPORTED"/m,
    'Deleting is switched off (the default), or this is a pull-through cache.',
    'Start the registry again with `-e REGISTRY_STORAGE_DELETE_ENABLED=true`.',
  ],
  [
    'api-digest-invalid',
    /"code":\s{0,4}"DIGEST_INVALID"/m,
    'That is no whole digest: one is `sha256:` and 64 hexadecimal digits, in lower case.',
    "Copy all of it. A DELETE takes no tag either, but the tag's `Docker-Content-Digest`, which a HEAD request shows.",
  ],
  [
    'api-404-page',
    /^404 page not found/m,
    "This path isn't part of the registry API.",
    'It knows `/v2/_catalog`, `/v2/<repository>/tags/list`, `/v2/<repository>/manifests/<tag>` and `/v2/<repository>/blobs/sha256:…`: check `/v2/` and the spelling.',
  ],
  [
    'schema1',
    /application\/vnd\.docker\.distribution\.manifest\.v1\+prettyjws/m,
    'Without an Accept header the registry converts to the old schema 1: other bytes, another digest.',
    "Add `-H 'Accept: application/vnd.docker.distribution.manifest.v2+json'`.",
  ],
  [
    'curl-refused',
    /curl: \(7\) Failed to connect to (\S{1,256}) port (\d{1,10})/m,
    'Nothing listens on `{1}:{2}`.',
    'Look at `docker ps -a`, and start the registry.',
  ],
  ['curl-tls', /curl: \(35\)/m, 'You used `https://` on a port that speaks plain HTTP.', 'Use `http://`.'],
  [
    'curl-ca',
    /curl: \(60\) SSL certificate problem/m,
    "curl doesn't trust the certificate.",
    'Name the CA with `--cacert file.crt`.',
  ],
  [
    'gc-config',
    /configuration error: open (\S{1,256}): no such file or directory/m,
    '`garbage-collect` was given a wrong config path, `{1}`.',
    'It is `/etc/docker/registry/config.yml`.',
  ],
  // Before exec-notfound: a program of another CPU is told as a missing one too.
  [
    'platform-mismatch',
    /image's platform \((\S{1,256})\) does not match the detected host platform/m,
    'You run an image for `{1}` on another CPU.',
    'Pull the one for yours: `docker pull --platform linux/amd64 …`.',
  ],
  [
    'exec-notfound',
    /exec: "(\S{1,256})": executable file not found in \$PATH/m,
    'The image has no program `{1}`.',
    "Use one that it has, such as `/bin/registry garbage-collect …` (the registry's image has no shell tools).",
  ],
  [
    'json-bad',
    /unable to configure the Docker daemon with file (\S{1,256}): (.{1,300})/m,
    "`{1}` isn't valid JSON: `{2}`.",
    'Mend it and check it with `dockerd --validate --config-file`.',
  ],
  [
    'manifest-none',
    /no such manifest: (\S{1,256})/m,
    "`{1}` isn't in the registry, or `--insecure` is missing.",
    'Push it first; add `--insecure` for plain HTTP.',
  ],
  [
    'manifest-amend',
    /refusing to amend an existing manifest list/m,
    'This list exists locally already.',
    '`docker manifest rm NAME`, or add `--amend`.',
  ],
  [
    'platform-none',
    /no matching manifest for (\S{1,256}) in the manifest list entries/m,
    "The image isn't built for `{1}`.",
    '`docker manifest inspect` shows the platforms.',
  ],
  [
    'platform-bad',
    /"(\S{1,256})": unknown operating system or architecture/m,
    "`{1}` isn't a platform.",
    'Write `linux/amd64` or `linux/arm64`.',
  ],
  [
    'ro-registry',
    /Retrying in \d{1,10} seconds?/m,
    'The registry refuses uploads (read-only, a cache, or broken storage), and Docker keeps retrying.',
    'Press Ctrl-C, then look at `docker logs registry`.',
  ],
  [
    'http-500',
    /received unexpected HTTP status: 500/m,
    'The registry failed inside, which also happens when an image ID is used as a manifest digest.',
    'Look at `docker logs registry`.',
  ],
  [
    'storage-ro',
    /unexpected HTTP status|read-only file system/m,
    "The registry can't write to its storage.",
    "Check the volume's mount (`:ro`?) and its permissions.",
  ],
  [
    'all-tags',
    /tag can't be used with --all-tags/m,
    '`-a` pushes every tag, so no tag may be named.',
    'Leave out the tag or the `-a`.',
  ],
  [
    'no-such-object',
    /No such object: (\S{1,256})/m,
    'Neither a container nor an image is called `{1}`.',
    'Look at `docker images` and `docker ps -a`.',
  ],
];
