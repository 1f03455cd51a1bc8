// What comes first: a placeholder typed as it is, the exact words of a check, Docker's error, what a check says.

import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { journalOf, type Scene } from './predicates/test-world.ts';
import { fail, notYet, type Outcome, pass, specificFail } from './types.ts';

const said = (outcome: Outcome, ...commands: NonNullable<Scene['commands']>) => {
  const result = diagnose(outcome, journalOf({ commands }), { readsPrompt: true, names: [] });
  return result.state === 'pass' ? 'pass' : result.message;
};
const refused = 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?';

describe('diagnose', () => {
  test("Docker's error before a general fail, not before an exact one", () => {
    expect(said(fail('No.'), ['docker ps', 1, refused])).toMatch(/^The client found no engine at .* No\.$/);
    expect(said(notYet('No.'), ['docker ps', 1, refused])).toMatch(/No\.$/);
    expect(said(specificFail('No.'), ['docker ps', 1, refused])).toBe('No.');
    expect(said(fail('No.'), ['docker ps', 0, refused])).toBe('No.');
    expect(said(fail('No.'), ['docker ps', 1, refused], ['ls'])).toMatch(/^The client/);
    expect(said(pass, ['docker ps', 1, refused])).toBe('pass');
    expect(said(fail('No.'))).toBe('No.');
  });

  test('looking around after a mistake takes no words back, where nothing has to be typed', () => {
    const journal = journalOf({ commands: [['docker pull x', 1, refused], ['docker images']] });
    expect(diagnose(fail('No.'), journal, { readsPrompt: false, names: [] })).toMatchObject({
      message: expect.stringMatching(/^The client/),
    });
    expect(diagnose(fail('No.'), journal, { readsPrompt: true, names: [] })).toMatchObject({ message: 'No.' });
  });

  test('an error behind a good exit code', () => {
    expect(said(fail('No.'), ['curl localhost:5000/v2/x', 0, '404 page not found'])).toMatch(/^This path isn't part/);
    expect(said(fail('No.'), ['docker ps | cat', 0, refused])).toMatch(/^The client/);
    expect(said(fail('No.'), ['docker logs registry | tail', 0, refused])).toBe('No.');
  });

  test.each<[string, number, string]>([
    ['docker rmi <image_id>', 2, 'the ID that `docker images` shows in the column IMAGE ID'],
    ['docker login <registry_url>', 2, "the registry's address, such as `localhost:5000`"],
    ['docker logout <registry_url>', 2, "the registry's address"],
    ['docker pull alpine@<digest>', 2, 'in the column DIGEST'],
    ['docker rm <container>', 2, 'the column NAMES'],
    ['docker tag <image_id> localhost:5000/a:1', 1, 'IMAGE ID'],
    ['curl http://localhost:5000/v2/<repository>/tags/list', 1, 'the column REPOSITORY'],
    ['docker pull <thing>', 0, 'your own value'],
    ['curl "http://localhost:5000/v2/<repository>/tags/list"', 0, 'REPOSITORY'],
  ])('%s', (line, exitCode, where) => {
    const name = /<\w+>/.exec(line)?.[0];
    const words = said(specificFail('No.'), [line, exitCode]);
    expect(words).toContain(`\`${name}\` stands for a value of your own, and isn't typed as it is.`);
    expect(words).toContain(where);
  });

  test('the digest of a blob', () => {
    const line = 'curl -s http://localhost:5000/v2/mynginx/blobs/<digest> | jq .';
    expect(said(specificFail('No.'), [line, 1])).toContain('Put there a digest that stands inside the manifest');
    expect(said(specificFail('No.'), ['docker pull a@<digest>', 1])).toContain('`docker images --digests` shows');
  });

  test('characters of a word processor', () => {
    expect(said(specificFail('No.'), ['docker push “localhost:5000/a”', 1])).toContain('is a curly quote');
    expect(said(specificFail('No.'), ['docker images –filter reference=a', 1])).toContain('is a long dash');
    expect(said(specificFail('No.'), ['echo “a” – b', 1])).toBe('No.');
    expect(said(specificFail('No.'), ['docker images # a – b', 1])).toBe('No.');
  });

  test.each([
    ['docker tag SOURCE TARGET', 'SOURCE', "the image's name"],
    ['docker tag nginx TARGET', 'TARGET', 'the new name'],
    ['docker pull NAME:TAG', 'NAME:TAG', "the image's name"],
    ['docker pull NAME@DIGEST', 'NAME@DIGEST', "the image's name"],
    ['docker rmi IMAGE_ID', 'IMAGE_ID', 'IMAGE ID'],
    ['docker run [OPTIONS] nginx', '[OPTIONS]', 'the options'],
    ['docker push HOST:PORT/NAME', 'HOST:PORT/NAME', "the image's name"],
  ])('%s', (line, word, where) => {
    const words = said(specificFail('No.'), [line, 1]);
    expect(words).toContain(`\`${word}\` stands for a value of your own, and isn't typed as it is.`);
    expect(words).toContain(where);
  });

  test.each([
    'docker pull NGINX',
    'docker run -e NAME=TAG nginx',
    'docker run -e USER nginx sh HOST',
    'docker run nginx echo HELLO',
    'docker logs --since ID2 x',
    'docker load <in.tar >out',
    'cat <file> docker',
    'echo docker <x>',
    'docker ps <<EOF\nEOF',
    'docker run a <in >out',
  ])('%s has no placeholder', (line) => expect(said(fail('No.'), [line, 0])).toBe('No.'));
});
