// Tries at other learners, the server, the hub and the network.

import type { Try } from './try.ts';

const ASKS = (socket: string, path: string, words: string) =>
  `curl -sf -m 3 --unix-socket ${socket} http://it${path} | grep -q '${words}'`;
/** The neighbour has put the secret there. */
const NEIGHBOUR_FILES = [
  ['home', '/root/neighbour'],
  ['/tmp', '/tmp/neighbour'],
  ['shared memory', '/dev/shm/neighbour'],
  ['sockets’ folder', '/box/neighbour'],
  ['disk', '/data/neighbour'],
] as const;
const METADATA = ['169.254.169.254', '100.100.100.200', '192.0.0.192'];
const PUSHES = `basic=$(printf learner:hubpass | base64)
token=$(curl -sf -m 3 -H "authorization: Basic $basic" "https://auth.docker.io/token?service=registry.docker.io&scope=repository:$REPOSITORY:pull,push" | jq -r .token)
curl -s -m 3 -X POST -H "authorization: Bearer $token" -o /dev/null -w '%{http_code}' https://registry-1.docker.io/v2/$REPOSITORY/blobs/uploads/ | grep -qx 202`;

export const otherTries: readonly Try[] = [
  ...NEIGHBOUR_FILES.map(
    ([what, file]): Try => ({
      name: `a neighbour’s files (${what})`,
      probe: `grep -q "$SECRET" ${file}`,
      control: 'neighbour',
    }),
  ),
  {
    name: 'a neighbour’s processes',
    probe: 'ps -eo args | grep -v grep | grep -q "socat.*neighbours-own"',
    control: 'neighbour',
  },
  {
    name: 'a neighbour’s System V shared memory',
    probe: `perl -e 'exit(!defined shmget(0x5117, 64, 0))'`,
    control: 'neighbour',
  },
  {
    name: 'a neighbour’s abstract sockets',
    probe: 'socat -u -T 2 ABSTRACT-CONNECT:neighbours-own - | grep -q "$SECRET"',
    control: 'neighbour',
  },
  {
    name: 'a neighbour’s registry',
    probe: `curl -sf -m 3 http://localhost:5000/v2/_catalog | grep -q "$SECRET"`,
    control: 'neighbour',
  },
  {
    name: 'a neighbour’s engine by its relay',
    probe: ASKS('"$NEIGHBOUR_RELAY/engine.sock"', '/version', 'ApiVersion'),
    control: 'granted',
  },
  { name: 'a neighbour’s terminal by its relay', probe: '[ -S "$NEIGHBOUR_RELAY/shell.sock" ]', control: 'granted' },
  { name: 'its own relay folder', probe: 'ls /relay/engine.sock', control: 'granted' },
  { name: 'a socket of its own in its relay folder', probe: 'touch /relay/new && rm /relay/new', control: 'granted' },
  {
    name: 'its own relay folder through a process’s root',
    probe: 'for p in /proc/[0-9]*; do ls $p/root/relay/engine.sock && exit 0; done; exit 1',
    control: 'granted',
  },
  {
    name: 'the terminal’s holder',
    probe: 'ps -eo args | grep -q "[h]older --listen-fd"',
    control: 'granted',
  },
  {
    name: 'another terminal, by the holder’s own word for it',
    // HELLO, version 3, a watcher, live, terminal 5; a WELCOME is 36 bytes of type 129.
    probe: `(printf '\\013\\0\\0\\0\\001\\003\\001\\377\\377\\377\\377\\377\\377\\377\\377\\005'; sleep 1) | socat -T 2 - UNIX-CONNECT:/relay/shell.sock | od -An -tu1 -N5 | grep -q ' 36 *0 *0 *0 *129'`,
    control: 'granted',
  },
  {
    name: 'the server’s port',
    probe: 'for host in $ADDRESSES; do curl -sf -m 2 "http://$host:$SERVER_PORT/healthz" && exit 0; done; exit 1',
    control: 'granted',
  },
  {
    name: 'another port of the host',
    probe:
      'for host in $ADDRESSES; do curl -sf -m 2 "http://$host:$HOST_PORT/" | grep -q "$SECRET" && exit 0; done; exit 1',
    control: 'granted',
  },
  {
    name: 'an abstract socket of the host',
    probe: 'socat -u -T 2 "ABSTRACT-CONNECT:$HOST_ABSTRACT" - | grep -q "$SECRET"',
    control: 'granted',
  },
  {
    name: 'an interface that leads out',
    probe: 'ls /sys/class/net | grep -vqxE "lo|docker0|veth.*|br-.*"; ip -o route get 192.0.2.99 | grep -q dev',
    control: 'granted',
  },
  ...METADATA.map(
    (address): Try => ({
      name: `the metadata address ${address}`,
      probe: `curl -sf -m 2 http://${address}/ | grep -q answered`,
      control: {
        before: `ip addr add ${address}/32 dev lo; (printf 'HTTP/1.0 200 OK\\r\\n\\r\\nanswered' | socat -T 3 - TCP-LISTEN:80,bind=${address},reuseaddr) >/dev/null 2>&1 & sleep 0.2`,
        after: `ip addr del ${address}/32 dev lo`,
      },
    }),
  ),
  { name: 'the server’s data folder', probe: 'ls "$DATA_DIR" | grep -q slipway.db', control: 'granted' },
  {
    name: 'the hub’s store',
    probe: ASKS('"$DATA_DIR/hub/hub.sock"', '/v2/_catalog', 'library/nginx'),
    control: 'granted',
  },
  { name: 'the hub’s private key', probe: 'grep -q PRIVATE "$DATA_DIR"/ca/*.key', control: 'granted' },
  {
    name: 'an image of everybody’s on the practice Docker Hub',
    probe: `REPOSITORY=\${REPOSITORY:-library/nginx}; ${PUSHES}`,
    control: { before: ':', variables: { REPOSITORY: 'learner/mine' } },
  },
  {
    name: 'a neighbour’s images on the practice Docker Hub, with the neighbour’s token',
    probe: `curl -s -m 3 -H "authorization: Bearer $NEIGHBOUR_TOKEN" -X POST -o /dev/null -w '%{http_code}' https://registry-1.docker.io/v2/learner/mine/blobs/uploads/ | grep -qx 202`,
    control: 'neighbour',
  },
];
