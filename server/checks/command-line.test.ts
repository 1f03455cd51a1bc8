// Tests of reading shell lines, docker commands and curl requests, hostile lines included.

import { describe, expect, test } from 'vitest';
import { parseCommandLine, simpleCommands } from './command-line.ts';
import { curlRequest } from './curl-request.ts';
import { dockerCommand } from './docker-command.ts';

const shown = (line: string) =>
  parseCommandLine(line).map((pipeline) => pipeline.map(({ program, words }) => [program, ...words].join(' ')));

describe('parseCommandLine', () => {
  test.each<[string, string[][]]>([
    ['docker ps', [['docker ps']]],
    ['A=1 B=2 sudo -E -u root docker ps', [['docker ps']]],
    ['timeout -s INT 3 /usr/bin/curl -s x', [['curl -s x']]],
    ['docker ps | grep a; echo b && true || false &', [['docker ps', 'grep a'], ['echo b'], ['true'], ['false']]],
    ['curl x 2>/dev/null >out 2>&1 | jq .', [['curl x', 'jq .']]],
    ['echo \'a b\' "c d"', [['echo a b c d']]],
    [
      'docker run -d \\\n  -p 5000:5000 registry:2\ndocker ps',
      [['docker run -d -p 5000:5000 registry:2'], ['docker ps']],
    ],
    ['docker ps # all of it\ndocker images', [['docker ps'], ['docker images']]],
    [
      'curl a/$(curl b | jq -r .x) | sha256sum',
      [
        ['curl b', 'jq -r .x'],
        ['curl a/$', 'sha256sum'],
      ],
    ],
    ['curl $R/v2/', [['curl $R/v2/']]],
    ['curl x/_catalog?n=1', [['curl x/_catalog?n=1']]],
    ['(docker ps)', [['docker ps']]],
    ['for i in 1 2; do docker pull a; done', [['for i in 1 2'], ['docker pull a'], ['done']]],
    ['if ! docker ps; then sudo docker info; fi', [['docker ps'], ['docker info'], ['fi']]],
    ['{ time docker ps; }', [['docker ps'], ['}']]],
    ['env -u X A=1 docker ps', [['docker ps']]],
    ['A=1', []],
    ['', []],
    ['sudo', []],
  ])('%s', (line, expected) => {
    expect(shown(line)).toEqual(expected);
  });

  test('hostile lines yield a part or nothing, and soon', () => {
    const start = performance.now();
    const lines = [
      'x'.repeat(10_000_000),
      '"'.repeat(8_190),
      "'".repeat(8_190),
      '\\'.repeat(8_190),
      '$('.repeat(4_000),
      '${'.repeat(4_000),
      '${}',
      '${a',
      "$'".repeat(4_000),
      '$a'.repeat(4_000),
      '((((((',
      '))))',
      '\u0000\u001b]633;\u0007 docker ps',
      'docker "unfinished',
      '__proto__ constructor',
      `docker ${'-'.repeat(8_000)}`,
      'a|'.repeat(4_000),
      '#'.repeat(8_000),
      'a\n'.repeat(4_000),
      `\\"${'\\"'.repeat(4_000)}`,
      'a"a'.repeat(2_001),
      '>'.repeat(8_000),
    ];
    for (const line of lines) {
      for (const simple of simpleCommands(line)) {
        dockerCommand(simple);
        curlRequest(simple);
      }
    }
    expect(performance.now() - start).toBeLessThan(1500);
    expect(simpleCommands(lines[0] as string)).toEqual([]);
  });
});

const docker = (line: string) => dockerCommand(simpleCommands(line)[0] ?? { program: '', words: [] });

describe('dockerCommand', () => {
  test.each([
    ['docker image ls', 'images'],
    ['docker image list -a', 'images'],
    ['docker images', 'images'],
    ['docker container run x', 'run'],
    ['docker container ls -a', 'ps'],
    ['docker image rm a', 'rmi'],
    ['docker image prune', 'image prune'],
    ['docker image', 'image'],
    ['docker volume list', 'volume ls'],
    ['docker -H unix:///x --debug ps', 'ps'],
    ['docker', ''],
    ['docker constructor', 'constructor'],
    ['docker image __proto__', 'image __proto__'],
  ])('%s is %s', (line, verb) => {
    expect(docker(line)?.verb).toBe(verb);
  });

  test('run keeps what follows the image', () => {
    expect(docker('docker run -dp 5000:5000 --name=registry registry:2 -p 1:1')).toMatchObject({
      args: ['registry:2', '-p', '1:1'],
      options: [
        { name: '--detach', value: null },
        { name: '--publish', value: '5000:5000' },
        { name: '--name', value: 'registry' },
      ],
    });
  });

  test('elsewhere options and words mix', () => {
    expect(docker('docker rmi a -f b')).toMatchObject({ args: ['a', 'b'], words: ['docker', 'rmi', 'a', '-f', 'b'] });
    expect(docker("docker inspect --format '{{.Id}}' a")?.args).toEqual(['a']);
    expect(docker('docker ps -n')?.options).toEqual([{ name: '--last', value: null }]);
  });

  test('another program is none', () => expect(docker('dokcer ps')).toBeNull());
});

const curl = (line: string) => curlRequest(simpleCommands(line)[0] ?? { program: '', words: [] });

describe('curlRequest', () => {
  test.each([
    ['curl localhost:5000', 'http://localhost:5000/', 'GET'],
    ['curl http://LOCALHOST:80/v2', 'http://localhost/v2', 'GET'],
    ['curl -sI https://localhost:5000/v2/', 'https://localhost:5000/v2/', 'HEAD'],
    ['curl -is x', 'http://x/', 'GET'],
    ['curl -X HEAD x', 'http://x/', 'HEAD'],
    ['curl -XPOST x', 'http://x/', 'POST'],
    ['curl -d a=b x', 'http://x/', 'POST'],
    ['curl -G -d a=b x', 'http://x/', 'GET'],
    ['curl --head --url x', 'http://x/', 'HEAD'],
    ['curl -o file x', 'http://x/', 'GET'],
    ['curl http://[', 'http://[', 'GET'],
  ])('%s', (line, url, method) => {
    expect(curl(line)).toMatchObject({ url, method });
  });

  test('headers and user', () => {
    const request = curl("curl -sSL -H'Accept: a' --header 'accept:b' -H broken -u me:pw x");
    expect(request?.headers).toEqual(new Map([['accept', 'a, b']]));
    expect(request?.user).toBe('me:pw');
    expect(curl('curl -sI x')).toMatchObject({ headOnly: true, includesHeaders: true, toFile: false });
    expect(curl('curl -so f x')).toMatchObject({ toFile: true });
  });

  test('without an address there is no request', () => {
    expect(curl('curl')).toBeNull();
    expect(curl('curl -H')).toBeNull();
    expect(curl('wget x')).toBeNull();
  });
});
