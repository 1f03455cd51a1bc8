// Tests of the predicates that look at commands and what they printed.

import { describe, expect, test } from 'vitest';
import { digest, outcomeOf, type Scene, verdict } from './test-world.ts';

const type = 'application/vnd.docker.distribution.manifest.v2+json';
const base = 'http://localhost:5000/v2';

describe('command', () => {
  const ran = (...commands: NonNullable<Scene['commands']>) =>
    verdict('command', { run: ['docker ps', 'docker logs registry'], output: 'ok' }, { commands });

  test('the words of one pattern, in order, in any spelling', async () => {
    expect(await ran(['docker ps', 0, 'ok'])).toBe('pass');
    expect(await ran(['sudo docker container ls -a | cat', 0, 'ok'])).toBe('pass');
    expect(await ran(['docker logs --tail 3 registry', 0, 'ok'], ['false', 1])).toBe('pass');
    expect(await ran(['docker logs registri', 1])).toBe('This step asks for `docker ps` or `docker logs registry`.');
    expect(await ran(['docker ps --help', 0, 'ok'])).not.toBe('pass');
    expect(await ran(['docker psx', 0, 'ok'])).not.toBe('pass');
    expect(await ran(['docker ps', 1, 'ok'])).toContain('exit code `1`');
    expect(await ran(['docker ps', 0, 'no'])).toContain("didn't print");
    expect(await ran(['docker image', 0])).toContain('is a group of commands');
  });

  test('options in any place and spelling, with the same value', async () => {
    const listed = (line: string) =>
      verdict('command', { run: ['docker images --filter dangling=true'] }, { commands: [[line, 0]] });
    expect(await listed('docker images -f dangling=true')).toBe('pass');
    expect(await listed('docker image ls -qf=dangling=true --no-trunc')).toBe('pass');
    expect(await listed("docker images --filter 'dangling=true' --filter reference=a")).toBe('pass');
    expect(await listed('docker images --filter=dangling=false')).not.toBe('pass');
    expect(await listed('docker images dangling=true')).not.toBe('pass');
    const shown = (line: string) =>
      verdict('command', { run: ['docker images localhost:5000/mynginx'] }, { commands: [[line, 0]] });
    expect(await shown('docker images -a localhost:5000/mynginx')).toBe('pass');
    expect(await shown('docker images localhost:5000/mynginx --format json')).toBe('pass');
    expect(await shown('docker images --format localhost:5000/mynginx')).not.toBe('pass');
  });

  describe('a file at home', () => {
    const asks = 'This step asks for `cat ~/.docker/config.json` or `jq . ~/.docker/config.json`.';
    const shown = (...commands: NonNullable<Scene['commands']>) =>
      verdict(
        'command',
        { run: ['cat ~/.docker/config.json', 'jq . ~/.docker/config.json'], output: 'auths' },
        { commands },
      );
    test.each([
      'cat ~/.docker/config.json',
      'cat "$HOME/.docker/config.json" | less',
      'cd .docker; cat config.json',
      'jq . < x .docker/config.json',
      'sudo cat /root/.docker/*',
    ])('%s shows it', async (line) => expect(await shown([line, 0, '"auths"'])).toBe('pass'));
    test.each([
      ['cat .docker', '`~/.docker` is a folder; the file in it is `config.json`. '],
      ['ls -la /root/.docker', '`ls` shows only the names in `~/.docker`, not what is in the file `config.json`. '],
      ['ls .docker/config.json', '`ls` shows only the name of `~/.docker/config.json`, not what is in it. '],
      ['jq ~/.docker/config.json', '`jq` also needs `.`, before the file. '],
      ['cat ~/.docker/config', "`~/.docker/config` isn't the file that this step speaks of. "],
      ['cat', "`cat` wasn't told which file. "],
      ['nano ~/.docker/config.json', ''],
      ['ls', ''],
    ])('%s does not', async (line, says) => {
      expect(await shown([line, 1, '"auths"'])).toBe(says + asks);
      expect(await shown([line, 1, '"auths"'], ['ls'], ['history'])).toBe(says + asks);
    });
    test('the newest attempt is spoken of', async () => {
      expect(await shown(['cat .docker', 1], ['ls .docker/config.json'])).toContain('`ls` shows only the name of');
    });
  });

  test.each([
    ['docker pull docker.io/library/alpine:3.99', '`alpine` has no tag `3.99`.'],
    ['docker pull docker.io/library/alpine:', 'After the colon of `docker.io/library/alpine:` the tag is missing.'],
    ['docker pull docker.io/library/alpine: latest', 'There is a space in the name'],
    ['docker pull docker.io/library/Alpine', 'Repository names are written in lower case'],
    ['docker pull ocker.io/library/alpine', 'You typed `ocker.io`, and probably mean `docker.io`.'],
    ['docker pull docker.io/library/alpin', 'You typed `library/alpin`, and probably mean `library/alpine`.'],
    ['docker pull https://docker.io/library/alpine', 'That is the address of a web page.'],
    ['docker pull hub.docker.com/alpine', '`hub.docker.com` is the web site'],
    ['docker pull localhost:5000/library/alpine', 'for another registry, `localhost:5000`'],
    ['docker pull alpine', '`alpine` is the same image, but without `docker.io/` and `library/` in front.'],
  ])('%s, where the full name is asked for', async (line, says) => {
    const run = ['docker pull docker.io/library/alpine:latest', 'docker pull docker.io/library/alpine'];
    expect(await verdict('command', { run }, { commands: [[line, 1, 'manifest unknown']] })).toContain(says);
  });

  test('a refusal that is asked for, with words of its own', async () => {
    const refused = (...commands: NonNullable<Scene['commands']>) =>
      verdict(
        'command',
        { run: ['docker push a'], fails: true, output: 'denied', says: 'Push `a` and be refused.' },
        { commands },
      );
    expect(await refused(['docker push a', 1, 'denied: no'])).toBe('pass');
    expect(await refused(['docker push a', 0, 'denied'])).toBe(
      'That went well, but this step asks for the refusal. Push `a` and be refused.',
    );
    expect(await refused(['docker push a', 1, 'timeout'])).toBe('Push `a` and be refused.');
    expect(await refused(['docker push b:1', 1, 'denied'])).toBe('You named `b:1`. Push `a` and be refused.');
    expect(await refused(['docker pull a', 1, 'denied'])).toContain('`docker push` uploads one.');
    // In a line with others, or named by a variable, the refusal itself tells.
    expect(await refused(['docker push a; ls', 0, 'denied: no'])).toBe('pass');
    expect(await refused(['docker push a | cat', 0, 'pushed'])).toContain('That went well');
    expect(await refused(['docker push $A', 1, 'denied: no'])).toBe('pass');
    expect(await refused(['bash -c "docker push a"', 1, 'denied: no'])).toBe('pass');
  });

  test('what was right once is not spoken of after something else', async () => {
    const commands: Scene['commands'] = [['docker images a', 0, 'nothing']];
    const said = (line?: string) =>
      verdict(
        'command',
        { run: ['docker images a'], output: 'a 1', says: 'Show `a`.', instead: 'There is no `a`.' },
        { commands: line ? [...commands, [line, 0, '']] : commands },
      );
    expect(await said()).toBe('There is no `a`.');
    expect(await said('docker images b')).toBe('You named `b`. Show `a`.');
    expect(await said('docker image b')).toContain('is a group of commands');
  });

  test.each([
    ["docker images --filter reference='localhost/*'", 'What follows `--filter` is `reference=localhost/*`, and not'],
    ['docker images', 'The option `--filter` is missing.'],
    ['docker images -q', 'The option `--filter` is missing.'],
  ])('%s, where a filter is asked for', async (line, says) => {
    const run = ['docker images --filter reference=localhost:5000/*'];
    expect(await verdict('command', { run }, { commands: [[line]] })).toContain(says);
  });

  test('a space in a name', async () => {
    const commands: Scene['commands'] = [['docker images localhost:5000 /a', 1]];
    expect(await verdict('command', { run: ['docker images localhost:5000/a'] }, { commands })).toContain('a space');
  });
  test.each([
    ['docker images', 'docker ps', 0, '`docker ps` lists containers, the programs that run.'],
    ['docker ps', 'docker image ls', 0, '`docker images` lists images.'],
    ['docker images --digests alpine', 'docker images alpine', 0, 'The option `--digests` is missing. This step'],
    ['docker images --digests alpine', 'docker images --digests nginx', 0, 'You named `nginx`. This step asks for'],
    [
      'docker pull docker.io/library/alpine:latest',
      'docker pull library/alpine',
      0,
      '`library/alpine` is the same image, but without `docker.io/` in front. This step asks for',
    ],
    [
      'docker pull docker.io/library/alpine:latest',
      'docker pull alpine',
      0,
      '`alpine` is the same image, but without `docker.io/` and `library/` in front.',
    ],
    [
      'docker pull docker.io/library/alpine:latest',
      'docker pull docker.io/libary/alpine',
      1,
      'You typed `libary/alpine`, and probably mean `library/alpine`.',
    ],
    ['docker pull docker.io/library/alpine', 'docker pull https://docker.io/library/alpine', 1, 'a name, not a URL'],
  ])('asked for %s, saw %s', async (asked, line, exitCode, says) =>
    expect(await verdict('command', { run: [asked] }, { commands: [[line, exitCode]] })).toContain(says),
  );

  test.each(['docker logs registri', 'docker info', 'ls'])('%s is near nothing', async (line) =>
    expect(
      await verdict(
        'command',
        { run: ['docker images --filter x', 'docker logs registry'] },
        { commands: [[line, 1]] },
      ),
    ).toMatch(/^(That command ended with exit code `1`. )?This step asks for /),
  );
});

describe('request', () => {
  const asked = { url: `${base}/mynginx/manifests/1.0`, accept: type, output: '"schemaVersion": 2' };
  const head = { url: `${base}/mynginx/manifests/1.0`, accept: type, method: 'HEAD' };
  const said = (params: unknown, line: string, exitCode = 0, output = '') =>
    verdict('request', params, { commands: [[line, exitCode, output]] });
  const accept = `-H 'Accept: ${type}'`;

  test('exactly this request', async () => {
    expect(await said(asked, `curl -s ${accept} ${asked.url}`, 0, '"schemaVersion": 2')).toBe('pass');
    expect(
      await said(asked, `curl -s ${accept} 127.0.0.1:5000/v2/mynginx/manifests/1.0 | jq .`, 0, '"schemaVersion": 2'),
    ).toBe('pass');
    expect(await said(head, `curl -sI ${accept} ${asked.url}`)).toBe('pass');
    expect(await verdict('request', asked, {})).toContain('with `curl`');
  });

  test.each<[string, unknown, string, number, string, string]>([
    ['https', asked, `curl https://localhost:5000/v2/`, 35, '', 'Use `http://`'],
    ['port', asked, 'curl localhost:5001/v2/', 7, '', 'You asked port `5001`'],
    ['computer', asked, 'curl http://registry:5000/v2/', 6, '', 'You asked the computer `registry`'],
    ['no accept', asked, `curl ${asked.url}`, 0, '', 'the old format'],
    ['other accept', asked, `curl -H 'Accept: text/html' ${asked.url}`, 0, '', 'names `text/html`'],
    ['other tag', asked, `curl ${accept} ${base}/mynginx/manifests/2.0`, 0, '', 'manifest of `2.0`'],
    ['other repository', asked, `curl ${accept} ${base}/nginx/manifests/1.0`, 0, '', 'repository `nginx`'],
    ['head for get', asked, `curl -I ${accept} ${asked.url}`, 0, '', '`-I` fetches the headers only'],
    ['get for head', head, `curl ${accept} ${asked.url}`, 0, '', 'Use `-I`'],
    ['-X HEAD', head, `curl -X HEAD ${accept} ${asked.url}`, 130, '', 'waits for a body'],
    ['refused', asked, `curl -s ${accept} ${asked.url}`, 7, '', 'Nothing answers at `localhost:5000`'],
    ['to a file', asked, `curl -s -o x ${accept} ${asked.url}`, 0, '', 'leave out `-o`'],
    ['gone', asked, `curl ${accept} ${asked.url}`, 0, '{"errors":[{"code":"MANIFEST_UNKNOWN"', 'MANIFEST_UNKNOWN'],
    ['a variable', asked, 'curl $R/mynginx/manifests/1.0', 0, '', 'write it out in full'],
    ['no address', asked, 'curl http://[', 3, '', 'is no address'],
    ['/v2', { url: `${base}/` }, 'curl localhost:5000/v2', 0, '', 'End the address with the `/`'],
    ['/', { url: `${base}/` }, 'curl localhost:5000', 0, '', 'The API lives under `/v2/`'],
  ])('%s', async (_, params, line, exitCode, output, says) =>
    expect(await said(params, line, exitCode, output)).toContain(says),
  );

  test('a later mistake hides an earlier one, and after something else it is no longer spoken of', async () => {
    const typed: Scene['commands'] = [
      ['curl https://localhost:5000/v2/', 35],
      ['curl localhost:5001/v2/', 7],
    ];
    const thenTyped = (...commands: NonNullable<Scene['commands']>) =>
      outcomeOf('request', asked, { commands: [...typed, ...commands] });
    expect(await thenTyped()).toMatchObject({ message: expect.stringContaining('5001'), specific: true });
    expect(await thenTyped(['docker ps -a'], ['ls'])).toMatchObject({ message: expect.stringContaining('5001') });
    expect(await thenTyped(['docker ps -a'])).not.toHaveProperty('specific');
    const asks = { state: 'fail', message: `This step asks for \`${asked.url}\` with \`curl\`.` };
    expect(await thenTyped(['dokcer', 127])).toEqual(asks);
    expect(await thenTyped(['docker start registry'])).toEqual(asks);
  });
});

describe('digest.shown', () => {
  const registries = { 'localhost:5000': { 'mynginx:1.0': 'a' } };
  const shown = (of: string, line: string, output: string, by?: string) =>
    verdict(
      'digest.shown',
      { registry: 'localhost:5000', repository: 'mynginx', tag: '1.0', of, by },
      { registries, commands: [[line, 0, output]] },
    );
  const hex = (character: string) => `${digest(character).slice(7)}  -\n`;
  const blob = `curl -s ${base}/mynginx/blobs/${digest('2a')} | sha256sum`;

  test('what the registry serves', async () => {
    expect(await shown('manifest', `curl -I ${base}/x`, `Docker-Content-Digest: ${digest('1a')}`)).toBe('pass');
    expect(await shown('config', 'docker inspect nginx', digest('a'))).toBe('pass');
    expect(await shown('layer', blob, hex('2a'), 'sha256sum')).toBe('pass');
    expect(await shown('config', `echo ${digest('a')}`, digest('a'))).not.toBe('pass');
    expect(await shown('layer', `curl ${base}/x`, digest('2a'), 'sha256sum')).toContain('now compute it yourself');
  });

  test.each([
    ['manifest', `curl ${base}/x`, digest('a'), undefined, "That is the config's digest"],
    ['config', `curl ${base}/x`, digest('1a'), undefined, "That is the manifest's digest"],
    ['config', `curl ${base}/x`, '"schemaVersion": 1,', undefined, 'schema 1'],
    ['config', `curl ${base}/x`, digest('9'), undefined, 'belongs to something else'],
    ['config', `curl ${base}/x`, '{"code":"BLOB_UNKNOWN"}', undefined, 'There is no blob'],
    ['layer', `curl ${base}/x | jq . | sha256sum`, hex('9'), 'sha256sum', '`jq` writes the JSON anew'],
    ['layer', `curl ${base}/x | sha256sum`, hex('1a'), 'sha256sum', 'That is the manifest'],
    ['layer', `curl ${base}/x | sha256sum`, hex('a'), 'sha256sum', 'That is the config'],
    ['layer', `curl -i ${base}/x | sha256sum`, hex('9'), 'sha256sum', '`-i` puts the headers'],
    ['layer', `curl ${base}/mynginx/blobs/${digest('1a')} | sha256sum`, hex('9'), 'sha256sum', 'There is no blob'],
    [
      'layer',
      `curl ${base}/mynginx/blobs/${digest('9')} | sha256sum`,
      hex('8'),
      'sha256sum',
      "isn't a layer of this image",
    ],
  ])('%s: %s', async (of, line, output, by, says) => expect(await shown(of, line, output, by)).toContain(says));
});

test('unknown parameters are refused', async () => {
  await expect(outcomeOf('command', { run: ['docker ps'], extra: 1 }, {})).rejects.toThrow();
  await expect(outcomeOf('command', { run: ['docker ps'], output: '(' }, {})).rejects.toThrow();
  await expect(outcomeOf('image.present', { image: 'Nginx' }, {})).rejects.toThrow();
});
