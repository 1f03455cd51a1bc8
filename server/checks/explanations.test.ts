// Tests that real error messages are explained, and that hostile output is met in bounded time.

import { describe, expect, test } from 'vitest';
import { explain, explanationIds } from './explanations.ts';

const zeros = '0'.repeat(64);
const daemon = 'Error response from daemon:';

/** One message of the real programs for each explanation. */
const examples: Record<string, string> = {
  'hub-unknown-repo': `${daemon} pull access denied for ngnix, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  'digest-unknown': `${daemon} manifest for alpine@sha256:${zeros} not found: manifest unknown: manifest unknown`,
  'tag-unknown': `${daemon} manifest for nginx:9.99 not found: manifest unknown: manifest unknown`,
  'dns-slow': `${daemon} Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.2.3:53: read udp 10.0.2.100:39967->10.0.2.3:53: i/o timeout`,
  'dns-nohost': `${daemon} Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 127.0.0.1:53: no such host`,
  'conn-refused': 'Get "http://localhost:500/v2/": dial tcp [::1]:500: connect: connection refused',
  'http-vs-https': 'Get "https://registry.local:5000/v2/": http: server gave HTTP response to HTTPS client',
  'x509-unknown-ca':
    'Get "https://registry.local:5000/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  'x509-wrong-name':
    'Get "https://registry.local:5000/v2/": tls: failed to verify certificate: x509: certificate is valid for other.local, not registry.local',
  'x509-no-san':
    'Get "https://registry.local:5000/v2/": tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead',
  'http-to-https-port': 'Client sent an HTTP request to an HTTPS server.',
  eof: 'curl: (56) Recv failure: Connection reset by peer',
  'no-basic-auth': 'no basic auth credentials',
  'login-401': `${daemon} login attempt to http://localhost:5000/v2/ failed with status: 401 Unauthorized`,
  'hub-login': `${daemon} Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password`,
  'login-nontty': 'Error: Cannot perform an interactive login from a non TTY device',
  'login-stdin-user': 'Must provide --username with --password-stdin',
  'login-both': '--password and --password-stdin are mutually exclusive',
  'push-denied': 'denied: requested access to the resource is denied',
  'push-notag-repo': 'An image does not exist locally with the tag: localhost:5000/alpine',
  'push-notag': 'tag does not exist: localhost:5000/mynginx:1.0',
  'tag-nosource': `${daemon} No such image: nosuch:1`,
  'ref-upper': 'invalid reference format: repository name (library/Nginx) must be lowercase',
  'ref-invalid': 'invalid reference format',
  'push-digest': 'cannot push a digest reference',
  'tag-digest': 'refusing to create a tag with a digest reference',
  'args-exact': '"docker pull" requires exactly 1 argument.',
  subcommand: "docker: 'pul' is not a docker command.\nSee 'docker --help'",
  'unknown-flag': 'unknown flag: --nmae',
  'cmd-not-found': 'bash: line 1: dokcer: command not found',
  'registry-args': `Error: unknown command "5000:5000" for "registry"\nRun 'registry --help' for usage.`,
  'name-conflict': `docker: ${daemon} Conflict. The container name "/registry" is already in use by container "8e60ca44a323ca356bbd41d28f313629f24f4c31eb5394a2b67ed71abb78c595". You have to remove (or rename) that container to be able to reuse that name.`,
  'port-allocated': `docker: ${daemon} driver failed programming external connectivity on endpoint registry2 (0602cd1034c1e64305c703e0c84cfc507a747efa52afdef2e4ee856f41222ac6): Bind for 0.0.0.0:5000 failed: port is already allocated.`,
  'port-foreign': `docker: ${daemon} driver failed programming external connectivity on endpoint registry (bfb56b4b16b8a6ba0cdc448690f4c300f9617bfe564966595cc92d044c711c00): Timed out proxy starting the userland proxy.`,
  'port-invalid': 'docker: Invalid hostPort: 70000.',
  'name-invalid': `docker: ${daemon} Invalid container name (my/registry), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed.`,
  'vol-invalid': `docker: ${daemon} create nosuch/dir: "nosuch/dir" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path.`,
  'vol-in-use': `${daemon} remove registry-data: volume is in use - [f22fa2be1c915374739197e192ba3fa12c9173f50e1f60b62474602ac7227462]`,
  'rmi-multi': `${daemon} conflict: unable to delete 6b9101071226 (must be forced) - image is referenced in multiple repositories`,
  'rmi-running-id': `${daemon} conflict: unable to delete b4ee6d498577 (cannot be forced) - image is being used by running container 2bb92cc149f5`,
  'rmi-stopped-id': `${daemon} conflict: unable to delete b4ee6d498577 (must be forced) - image is being used by stopped container 2bb92cc149f5`,
  'rmi-used-name': `${daemon} conflict: unable to remove repository reference "alpine:3.19" (must force) - container 2bb92cc149f5 is using its referenced image b4ee6d498577`,
  'rm-running': `${daemon} cannot remove container "/web": container is running: stop the container before removing or force remove`,
  'no-container': `${daemon} No such container: registri`,
  'no-daemon': 'Cannot connect to the Docker daemon at unix:///tmp/nope.sock. Is the docker daemon running?',
  'api-name-unknown':
    '{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"nginx"}}]}',
  'api-manifest-unknown':
    '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"2.0"}}]}',
  'api-blob-unknown':
    '{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown to registry","detail":"sha256:07272901760d80a80d9a8be1d0e2deb82ae1a5564e2a2f8ca7666bee878dd5f0"}]}',
  'api-unauthorized': '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":null}]}',
  'api-unsupported': '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}',
  'api-digest-invalid':
    '{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"}]}',
  'api-404-page': '404 page not found',
  schema1: 'HTTP/1.1 200 OK\nContent-Type: application/vnd.docker.distribution.manifest.v1+prettyjws',
  'curl-refused': 'curl: (7) Failed to connect to localhost port 5000 after 0 ms: Could not connect to server',
  'curl-tls': 'curl: (35) TLS connect error: error:0A00010B:SSL routines::wrong version number',
  'curl-ca': 'curl: (60) SSL certificate problem: self-signed certificate',
  'gc-config': 'configuration error: open /etc/registry/config.yml: no such file or directory',
  'exec-notfound':
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "du": executable file not found in $PATH: unknown',
  'json-bad':
    "unable to configure the Docker daemon with file /home/learner/.config/docker/daemon.json: invalid character '}' looking for beginning of object key string",
  'manifest-none': 'no such manifest: localhost:5000/mynginx:9',
  'manifest-amend': 'refusing to amend an existing manifest list with no --amend flag',
  'platform-none': 'no matching manifest for linux/s390x in the manifest list entries',
  'platform-bad': `${daemon} "arm46": unknown operating system or architecture: invalid argument`,
  'platform-mismatch':
    "WARNING: The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64/v4) and no specific platform was requested",
  'ro-registry': '5d714ff0b2c0: Retrying in 5 seconds',
  'http-500': `${daemon} received unexpected HTTP status: 500 Internal Server Error`,
  'storage-ro': 'filesystem: mkdir /var/lib/registry/docker: read-only file system',
  'all-tags': "tag can't be used with --all-tags/-a",
  'no-such-object': 'Error: No such object: nosuch',
};

test('every explanation has an example', () => {
  expect(Object.keys(examples).toSorted()).toEqual(explanationIds.toSorted());
});

describe('explain', () => {
  test.each(Object.entries(examples))('%s', (id, output) => {
    const explanation = explain(output);
    expect(explanation?.id).toBe(id);
    expect(explanation?.message).not.toMatch(/\{\d\}|undefined|``/);
    expect((explanation?.message.split('`').length ?? 0) % 2).toBe(1);
  });

  test('what is not known has none', () => {
    expect(explain('')).toBeNull();
    expect(explain('all is well\n')).toBeNull();
  });

  test('the message has the names', () => {
    expect(explain(examples['hub-unknown-repo'] as string)?.message).toBe(
      'Docker Hub has no public repository called `ngnix` (it never says whether a private one exists). ' +
        'Check the spelling; if it is your own image, put the registry in front: `localhost:5000/ngnix`.',
    );
    expect(explain(`docker: ${daemon} manifest for registry:3 not found: manifest unknown.`)?.message).toContain(
      'no tag `3` in `registry`',
    );
  });

  test('names cannot break out of their backticks', () => {
    const message = explain(`bash: \`a\u0007\`${'b'.repeat(200)}: command not found`)?.message ?? '';
    expect(message).toMatch(/^The shell knows no program `ab+…`\. Check the spelling\.$/);
  });
});

test('an upper-case name is told before the general complaint', () => {
  const output = 'invalid reference format: repository name (library/Nginx) must be lowercase';
  expect(explain(output)?.message).toBe(
    "Repository names are lower-case; `library/Nginx` isn't. Use lower case (tags may have capitals).",
  );
});

test('hostile output of 64 KiB is read in bounded time', () => {
  const seeds = Object.values(examples).flatMap((text) => [
    text.slice(0, -3),
    text.slice(0, Math.ceil(text.length / 2)),
    text.split(/\s/)[0] ?? '',
  ]);
  const seams = ['', ' ', '\n', ':', 'a'];
  seeds.push('a', ':', '(', ' ', '/', 'lookup a on b: read udp ', 'manifest for a:', 'unable to delete a (must');
  let slowest = 0;
  for (const seed of seeds) {
    for (const seam of seams) {
      const unit = seed + seam;
      if (unit === '') continue;
      const output = unit.repeat(Math.ceil((64 * 1024) / unit.length)).slice(0, 64 * 1024);
      const start = performance.now();
      explain(output);
      slowest = Math.max(slowest, performance.now() - start);
    }
  }
  expect(slowest).toBeLessThan(10_000);
}, 60_000);
