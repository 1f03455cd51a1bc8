// Lines out of streams of any cut, and none that is absurdly long.

import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { boundedLines } from './lines.ts';

const read = async (chunks: (string | Buffer)[]) => {
  const lines: string[] = [];
  for await (const line of boundedLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) lines.push(line);
  return lines;
};

describe('boundedLines', () => {
  it.each([1, 2, 3, 100])('finds lines in pieces of %d bytes', async (size) => {
    const bytes = Buffer.from('{"a":1}\n\n{"é":2}\nrest');
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect(await read(chunks)).toEqual(['{"a":1}', '', '{"é":2}', 'rest']);
  });

  it('leaves out a line that is too long, and goes on after it', async () => {
    const endless = Array.from({ length: 100 }, () => 'x'.repeat(10_000));
    expect(await read(['before\n', ...endless, '\nafter\n', ...endless])).toEqual(['before', 'after']);
    expect((await read(['x'.repeat(64 * 1024)]))[0]).toHaveLength(64 * 1024);
  });

  it('throws what the stream does', async () => {
    const broken = new Readable({ read() {} });
    broken.push('a\n');
    setImmediate(() => broken.destroy(new Error('broken off')));
    await expect(async () => {
      for await (const _ of boundedLines(broken));
    }).rejects.toThrow('broken off');
  });
});
