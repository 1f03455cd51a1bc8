// Tests that each kind of place in a solution is changed, one at a time.

import { expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';

const mutants = (...solution: string[]) => mutantsOf(solution).map((lines) => lines.join(' ; '));

test('a push is tried at another port, with another tag and into another repository', () => {
  expect(mutants('docker push localhost:5000/team/web:1.0')).toEqual([
    'docker push localhost:5001/team/web:1.0',
    'docker push localhost:5000/team/web:9.9',
    'docker push localhost:5000/team/webx:1.0',
  ]);
});

test('every place of a run is changed by itself', () => {
  expect(mutants('docker run -d -p 5000:5000 --name registry registry:2')).toEqual([
    'docker run -d -p 5001:5000 --name registry registry:2',
    'docker run -d -p 5000:5001 --name registry registry:2',
    'docker run -d -p 5000:5000 --name registry registry:9.9',
    'docker run -d -p 5000:5000 --name registry busybox:2',
    'docker run -d -p 5000:5000 --name registryx registry:2',
  ]);
});

test('a request is changed in its port, its repository and its tag', () => {
  expect(mutants('curl http://localhost:5000/v2/mynginx/manifests/1.0')).toEqual([
    'curl http://localhost:5001/v2/mynginx/manifests/1.0',
    'curl http://localhost:5000/v2/mynginx/manifests/9.9',
    'curl http://localhost:5000/v2/mynginxx/manifests/1.0',
  ]);
});

test('answers to questions are changed, too, and the other lines stay', () => {
  expect(mutants('docker login', '< learner', '< hubpass')).toEqual([
    'docker login ; < bob ; < hubpass',
    'docker login ; < learner ; < wrong',
  ]);
});

test('where there is nothing to change there is no mutant', () => {
  expect(mutants('docker images')).toEqual([]);
});
