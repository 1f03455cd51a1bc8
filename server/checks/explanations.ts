// What Docker's, curl's and the registry's error messages mean in plain words, and what to do next.

import { plain } from './quoted.ts';

export interface Explanation {
  id: string;
  message: string;
}

/**
 * An id, what the output contains, what that means, and what to do next; `{1}` is the first group. The first match wins,
 * so the special stand before the general. Every repetition has a bound: outputs are the learner's and can be hostile.
 */
type Row = readonly [id: string, pattern: RegExp, meaning: string, next: string];

const rows: readonly Row[] = [
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
    'List the tags with `curl http://localhost:5000/v2/<repository>/tags/list`; no tag typed means `latest`.',
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
    'Something accepted the connection and hung up: the published port leads to a container port where nothing listens.',
    'Compare `docker port` and `docker logs`: the registry listens on 5000 in its container, so `-p HOST:5000`.',
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
    'Type them again, and check the htpasswd file in the registry (bcrypt: `htpasswd -B`).',
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
    'Look at `docker images`; pull it first, or swap SOURCE and TARGET.',
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
  [
    'args-exact',
    /"docker (\S{1,256})" requires (exactly|at least) (\d) arguments?\./m,
    '`docker {1}` needs {2} {3} argument(s).',
    'Usually it is a stray space (`nginx: latest`) or a forgotten target.',
  ],
  [
    'subcommand',
    /docker: '(\S{1,256})' is not a docker command/m,
    '`docker` has no command `{1}`.',
    '`docker --help` lists them.',
  ],
  [
    'unknown-flag',
    /unknown (?:shorthand )?flag: (.{1,100})/m,
    "Docker doesn't know the option `{1}`.",
    'Check the spelling; options go before the image name.',
  ],
  ['cmd-not-found', /(\S{1,256}): command not found/m, 'The shell knows no program `{1}`.', 'Check the spelling.'],
  [
    'registry-args',
    /Error: unknown command "(\S{1,256})" for "registry"/m,
    'Options after the image name are passed to the program in the container.',
    'It is `docker run OPTIONS IMAGE`: move `-d`, `-p` and `--name` before `registry:2`.',
  ],
  [
    'name-conflict',
    /The container name "\/(\S{1,256})" is already in use by container "([0-9a-f]{12})/m,
    'A container called `{1}` exists already, perhaps stopped.',
    'Start it with `docker start {1}`, or remove it first with `docker rm -f {1}`.',
  ],
  [
    'port-allocated',
    /Bind for \S{1,256}:(\d{1,10}) failed: port is already allocated/m,
    'Another container already publishes port `{1}`.',
    'Find it with `docker ps`; the failed container stays in the state Created until you `docker rm` it.',
  ],
  [
    'port-foreign',
    /Timed out proxy starting the userland proxy|address already in use/m,
    'A program outside Docker already uses the port.',
    'Find it with `ss -ltnp`; stop it or publish another port.',
  ],
  [
    'port-invalid',
    /Invalid (?:hostPort|containerPort): (\d{1,10})/m,
    "Ports go from 1 to 65535, and `{1}` isn't one.",
    'Use `-p 5000:5000`.',
  ],
  [
    'name-invalid',
    /Invalid container name \((\S{1,256})\)/m,
    "A container can't be called `{1}`: only letters, digits, `_`, `.` and `-` are allowed.",
    'Choose a plain name.',
  ],
  [
    'vol-invalid',
    /includes invalid characters for a local volume name/m,
    '`-v` took the left side as the name of a volume.',
    'Use an absolute path (or `./path`) for a directory, a plain name for a volume.',
  ],
  [
    'vol-in-use',
    /remove (\S{1,256}): volume is in use/m,
    'A container still refers to the volume `{1}`.',
    'Remove the container first with `docker rm`.',
  ],
  [
    'rmi-multi',
    /unable to delete (\S{1,256}) \(must be forced\) - image is referenced in multiple repositories/m,
    "This image ID has several names, so Docker won't guess.",
    '`docker rmi NAME:TAG` removes one name; `-f` with the ID removes them all.',
  ],
  [
    'rmi-running-id',
    /unable to delete (\S{1,256}) \(cannot be forced\) - image is being used by running container (\S{1,256})/m,
    'The container `{2}` runs from this image.',
    '`docker stop {2}` and `docker rm {2}`, then remove the image.',
  ],
  [
    'rmi-stopped-id',
    /unable to delete (\S{1,256}) \(must be forced\) - image is being used by stopped container (\S{1,256})/m,
    'The stopped container `{2}` still needs this image.',
    '`docker rm {2}` first.',
  ],
  [
    'rmi-used-name',
    /unable to remove repository reference "(\S{1,256})" \(must force\) - container (\S{1,256}) is using/m,
    'The container `{2}` was made from `{1}`, running or stopped.',
    'Look at `docker ps -a`; `docker rm {2}`, then `docker rmi {1}` (`-f` only hides the name).',
  ],
  [
    'rm-running',
    /cannot remove container "\/(\S{1,256})": container is running/m,
    '`{1}` is running.',
    'Stop it first with `docker stop {1}`, or use `docker rm -f {1}`.',
  ],
  [
    'no-container',
    /No such container: (\S{1,256})/m,
    'No container is called `{1}`.',
    '`docker ps -a` lists them; to remove an image use `docker rmi`.',
  ],
  [
    'no-daemon',
    /Cannot connect to the Docker daemon at (\S{1,256})\. Is the docker daemon running\?/m,
    'The client found no engine at `{1}`.',
    'Restart the sandbox, or check `DOCKER_HOST`.',
  ],
  [
    'api-name-unknown',
    /"code":"NAME_UNKNOWN"/m,
    'The registry has no repository of this name.',
    'Look at `/v2/_catalog`; `localhost:5000/nginx` is the repository `nginx`, not `library/nginx`.',
  ],
  [
    'api-manifest-unknown',
    /"code":"MANIFEST_UNKNOWN"/m,
    'There is no manifest for this tag or digest (an unknown repository gives the same answer).',
    'Look at `/v2/<repository>/tags/list`; for a delete take the digest with the Accept header.',
  ],
  [
    'api-blob-unknown',
    /"code":"BLOB_UNKNOWN"/m,
    "There is no blob with this digest, and a manifest's digest isn't a blob's.",
    'Use a digest listed inside the manifest (config or layers).',
  ],
  [
    'api-unauthorized',
    /"code":"UNAUTHORIZED"/m,
    "The API wants credentials, and curl doesn't read those of `docker login`.",
    'Use `curl -u user:password`.',
  ],
  [
    'api-unsupported',
    /"code":"UNSUPPORTED"/m,
    'Deleting is switched off (the default), or this is a pull-through cache.',
    'Start the registry again with `-e REGISTRY_STORAGE_DELETE_ENABLED=true`.',
  ],
  [
    'api-digest-invalid',
    /"code":"DIGEST_INVALID"/m,
    'DELETE takes a digest, not a tag.',
    "Ask for the tag's `Docker-Content-Digest` with a HEAD request and delete that.",
  ],
  [
    'api-404-page',
    /^404 page not found/m,
    "This path isn't part of the registry API.",
    'It knows `/v2/_catalog`, `/v2/<repository>/tags/list` and `/v2/<repository>/manifests/<tag>`: check `/v2/` and the spelling.',
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
    'platform-mismatch',
    /image's platform \((\S{1,256})\) does not match the detected host platform/m,
    'You run an image for `{1}` on another CPU.',
    'Pull the one for yours: `docker pull --platform linux/amd64 …`.',
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

/** The plain words for the first known error in what a command printed, or null. */
export function explain(output: string): Explanation | null {
  const text = output.slice(0, 64 * 1024);
  for (const [id, pattern, meaning, next] of rows) {
    const match = pattern.exec(text);
    if (match) return { id, message: filled(`${meaning} ${next}`, match) };
  }
  return null;
}

/** The ids of all known errors. */
export const explanationIds: readonly string[] = rows.map(([id]) => id);

function filled(template: string, match: RegExpExecArray): string {
  return template.replace(/\{(\d)\}/g, (_, group: string) => plain(withoutFullStop(match[Number(group)] ?? '')));
}

// `docker: … tag: x.` ends the sentence, not the name.
function withoutFullStop(text: string): string {
  return text.replace(/[.,]$/, '');
}
