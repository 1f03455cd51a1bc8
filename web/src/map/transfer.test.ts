// The texts are what a terminal showed, captured from docker 20.10 in a learner's computer.

import { expect, test } from 'vitest';
import { readTransfer } from './transfer.ts';

const DIGEST = 'sha256:dc809357fd6e0669af1fcbca2ea933fca9603bfc78b7149d0f68b4cc1f7a0e49';

test('reads a push on its way', () => {
  const text = `The push refers to repository [localhost:5000/big]
8e415342c9e1: Pushing  39.52MB/60MB
f549095b84ba: Pushed
f978c6cee789: Mounted from other`;
  expect(readTransfer(text, 'docker push localhost:5000/big:1')).toEqual({
    verb: 'push',
    name: 'localhost:5000/big',
    layers: [
      { id: '8e415342c9e1', layer: { state: 'moving', share: expect.closeTo(39.52 / 60), text: '39.52MB of 60MB' } },
      { id: 'f549095b84ba', layer: { state: 'done' } },
      { id: 'f978c6cee789', layer: { state: 'mounted', from: 'other' } },
    ],
    state: 'going',
  });
});

test('reads the bar of a wide terminal', () => {
  const text = `The push refers to repository [localhost:5000/big]
8e415342c9e1: Pushing [=======>                    ]  512kB/2.048MB
f549095b84ba: Preparing
f978c6cee789: Waiting`;
  const layers = readTransfer(text, '')?.layers.map(({ layer }) => layer);
  expect(layers).toEqual([
    { state: 'moving', share: 0.25, text: '512kB of 2.048MB' },
    { state: 'waiting' },
    { state: 'waiting' },
  ]);
});

test('knows the end, and the registry that a pull does not repeat', () => {
  const text = `1: Pulling from big
3a8fafcd453c: Already exists
2c1ef31572e7: Pull complete
Digest: ${DIGEST}
Status: Downloaded newer image for localhost:5000/big:1
localhost:5000/big:1`;
  const typed = 'docker rmi localhost:5000/big:1; docker pull localhost:5000/big:1';
  expect(readTransfer(text, typed)).toMatchObject({
    verb: 'pull',
    name: 'localhost:5000/big:1',
    layers: [{ layer: { state: 'exists' } }, { layer: { state: 'done' } }],
    state: 'done',
  });
});

test('names an official image as it was typed', () => {
  const text = 'Using default tag: latest\nlatest: Pulling from library/nginx\n2cdf5ce3fede: Downloading  1.2MB/3MB';
  expect(readTransfer(text, 'docker pull nginx')?.name).toBe('nginx');
  expect(readTransfer(text, 'p')?.name).toBe('nginx:latest');
});

test('takes the last of several', () => {
  const text = `The push refers to repository [localhost:5000/other]
f2e087a0a4f2: Mounted from web
1: digest: ${DIGEST} size: 1365
The push refers to repository [localhost:5000/web]
f2e087a0a4f2: Layer already exists
1: digest: ${DIGEST} size: 1365`;
  expect(readTransfer(text, '')).toMatchObject({
    name: 'localhost:5000/web',
    layers: [{ layer: { state: 'exists' } }],
    state: 'done',
  });
});

test('tells a refusal from an end', () => {
  const text = `The push refers to repository [localhost:5000/none]
An image does not exist locally with the tag: localhost:5000/none`;
  expect(readTransfer(text, 'docker push localhost:5000/none:1')?.state).toBe('failed');
  const pull =
    "Error response from daemon: pull access denied for ngnix, repository does not exist or may require 'docker login'";
  expect(readTransfer(pull, 'docker pull ngnix')).toBeNull();
});

test('sees nothing in other output', () => {
  expect(readTransfer('', '')).toBeNull();
  expect(readTransfer('REPOSITORY   TAG\nabcdefabcdef: Pushed\n', 'docker images')).toBeNull();
});
