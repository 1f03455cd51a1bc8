// Errors of pull, push, tag and login: names, the way to a registry, and who may enter.

import type { Row } from './row.ts';

export const pullPushLogin: readonly Row[] = [
  [
    'disk-full',
    /[Nn]o space left on device/m,
    "Your computer's disk is full: nothing more can be written.",
    'Remove what you do not need, `docker image prune` for a start; the page names what takes most.',
  ],
  [
    'hub-unknown-repo',
    /pull access denied for (\S{1,256}), repository does not exist or may require 'docker login'/m,
    'Docker Hub has no public repository called `{1}` (it never says whether a private one exists).',
    'Check the spelling; if it is your own image, put the registry in front: `localhost:5000/{1}`.',
  ],
  [
    'digest-unknown',
    /manifest for (\S{1,256}@sha256:[0-9a-f]{64}) not found/m,
    'That repository has no manifest with this digest.',
    "Copy the digest from the push output or a HEAD request; an image ID isn't a manifest digest.",
  ],
  [
    'tag-unknown',
    /manifest for (\S{1,512}?):([\w.-]{1,128}) not found: manifest unknown/m,
    'The registry answered, but has no tag `{2}` in `{1}`.',
    'Check the tag; no tag typed means `latest`. Your own registry lists its tags with `curl http://localhost:5000/v2/<repository>/tags/list`.',
  ],
  [
    'dns-slow',
    /lookup (\S{1,256}) on \S{1,256}: read udp .{1,256} i\/o timeout/m,
    "The registry's name couldn't be resolved: no answer from DNS.",
    'Check the host name: in this sandbox only the built-in hosts exist.',
  ],
  [
    'dns-nohost',
    /dial tcp: lookup (\S{1,256}) on \S{1,256}: no such host/m,
    'There is no computer called `{1}`.',
    'Check the part before the first slash: did you mean `localhost:5000`?',
  ],
  [
    'conn-refused',
    /dial tcp \S{0,256}?:(\d{1,10}): connect: connection refused/m,
    'Nothing listens on port `{1}`.',
    'Look at `docker ps`: is the registry running, and is the port in your reference the published one?',
  ],
  [
    'http-vs-https',
    /server gave HTTP response to HTTPS client/m,
    'Docker insists on HTTPS for every registry except `localhost` (127.0.0.0/8), and this one speaks plain HTTP.',
    'Give the registry a certificate, or list it in `insecure-registries` and reload the daemon.',
  ],
  [
    'x509-unknown-ca',
    /x509: certificate signed by unknown authority/m,
    "The registry's certificate isn't signed by anyone Docker trusts.",
    'Put the CA in `certs.d/<host:port>/ca.crt` (the port counts).',
  ],
  [
    'x509-wrong-name',
    /x509: certificate is valid for (\S{1,256}), not (\S{1,256})/m,
    'The certificate was made for `{1}`, but you called the registry `{2}`.',
    'Make a certificate whose `subjectAltName` is the name in your references.',
  ],
  [
    'x509-no-san',
    /certificate relies on legacy Common Name field/m,
    'The certificate has only a CN; Go programs such as Docker require a `subjectAltName`.',
    'Make it again with `-addext subjectAltName=DNS:<name>`.',
  ],
  [
    'http-to-https-port',
    /Client sent an HTTP request to an HTTPS server/m,
    'You used `http://` on a port that speaks TLS.',
    'Use `https://` (with curl: and `--cacert`).',
  ],
  [
    'eof',
    /Get "http:\/\/\S{1,256}\/v2\/": EOF|\(56\) Recv failure: Connection reset by peer/m,
    'Something accepted the connection and hung up: the published port leads to a container port where nothing listens, or not yet.',
    'Where the container has only just started, try again. Else compare `docker port` and `docker logs`: the registry listens on 5000 in its container, so `-p HOST:5000`.',
  ],
  [
    'no-basic-auth',
    /no basic auth credentials/m,
    'The registry requires a login, and Docker has no credentials stored for exactly this name.',
    'Run `docker login` with the same `host:port` as in the image name.',
  ],
  [
    'login-401',
    /login attempt to (\S{1,256}) failed with status: 401 Unauthorized/m,
    'The registry rejected the user name or the password.',
    'Type them again: capitals count. Whoever runs the registry finds its users in the htpasswd file (bcrypt: `htpasswd -B`).',
  ],
  [
    'hub-login',
    /unauthorized: incorrect username or password/m,
    "You logged in to Docker Hub, because no address was given, and Docker Hub doesn't know this user and password.",
    "Give the registry's address: `docker login localhost:5000`.",
  ],
  [
    'login-nontty',
    /Cannot perform an interactive login from a non TTY device/m,
    '`docker login` had no terminal to ask on, or the password on its standard input was empty.',
    'Use `--username U --password-stdin` with a non-empty input.',
  ],
  [
    'login-stdin-user',
    /Must provide --username with --password-stdin/m,
    '`--password-stdin` needs the user on the command line.',
    'Add `--username`.',
  ],
  [
    'login-both',
    /--password and --password-stdin are mutually exclusive/m,
    'You gave the password in two ways at once.',
    'Keep `--password-stdin`.',
  ],
  [
    'push-denied',
    /denied: requested access to the resource is denied/m,
    "You pushed to Docker Hub (no registry in the name), into a namespace that isn't yours.",
    'Tag the image with your registry in front, `docker tag X localhost:5000/X`, and push that.',
  ],
  [
    'push-notag-repo',
    /An image does not exist locally with the tag: (\S{1,256})/m,
    "There is no local image in the repository `{1}`: a push uploads a local name, it doesn't make one.",
    'First `docker tag SOURCE {1}:TAG`, then push.',
  ],
  [
    'push-notag',
    /tag does not exist: (\S{1,256})/m,
    'The repository exists here, but not this tag: `{1}`.',
    '`docker images` shows which tags you have.',
  ],
  [
    'tag-nosource',
    /No such image: (\S{1,256})/m,
    'No local image has the name `{1}` (no tag typed means `latest`).',
    'Look at `docker images`: is it spelled so, and was it pulled? With `docker tag`, the name that exists comes first.',
  ],
  [
    'ref-upper',
    /repository name \((\S{1,256})\) must be lowercase/m,
    "Repository names are lower-case; `{1}` isn't.",
    'Use lower case (tags may have capitals).',
  ],
  [
    'ref-invalid',
    /invalid reference format/m,
    "That isn't `[registry/]repository[:tag|@digest]`.",
    'No `http://`, no spaces, and one colon before the tag, which has only letters, digits, `_`, `.` and `-`.',
  ],
  [
    'push-digest',
    /cannot push a digest reference/m,
    'Digests are computed by the registry; you push tags.',
    'Push the tag.',
  ],
  [
    'tag-digest',
    /refusing to create a tag with a digest reference/m,
    "A digest can't be assigned: it follows from the content.",
    'Use a tag as the target.',
  ],
];
