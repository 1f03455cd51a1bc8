// The way of a small file between the learner's own machine and their computer.

import { basename } from 'node:path/posix';
import express, { type Request } from 'express';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../protocol/http.ts';
import { SlipwayError } from '../errors.ts';
import type { SandboxFiles } from '../sandboxes/files.ts';
import type { LearnerSession } from '../sessions/session.ts';
import { checkOrigin } from './access.ts';

const BYTES = 'application/octet-stream';
const pathSchema = z.string().min(1).max(1024);

export function fileRoutes(learner: (request: Request) => LearnerSession): express.Router {
  const router = express.Router();
  const filesOf = (request: Request): SandboxFiles => {
    const { sandbox } = learner(request);
    if (sandbox) return sandbox.files;
    throw new SlipwayError('no-computer', 'You have no computer yet.', { next: 'Open a lesson first.', status: 409 });
  };

  router.get('/', async (request, response) => {
    const path = pathOf(request);
    const bytes = await clear(filesOf(request).readBytes(path));
    if (!bytes)
      throw refused('no-file', `There is no file ${path} on your computer.`, 'Look with `ls` what it is called.');
    // The service gives no more, so there may be more.
    if (bytes.length >= MAX_FILE_BYTES) throw tooLarge(path);
    response.set({ 'cache-control': 'no-store', 'content-type': BYTES });
    response.attachment(basename(path)).type(BYTES).send(bytes);
  });

  router.post('/', (request, _response, next) => {
    checkOrigin(request);
    if (!request.is(BYTES)) throw refused('bad-body', 'The body is not a file.', `Send it as ${BYTES}.`, 400);
    // What cannot be taken is not waited for.
    if (Number(request.headers['content-length'] ?? Number.NaN) >= MAX_FILE_BYTES) throw tooLarge(pathOf(request));
    next();
  });
  router.post('/', express.raw({ type: BYTES, limit: MAX_FILE_BYTES - 1 }), async (request, response) => {
    const path = pathOf(request);
    const files = filesOf(request);
    if ((await clear(files.readBytes(path))) !== null) {
      throw refused('file-exists', `There is a file ${path} already.`, 'Remove it, or give yours another name.', 409);
    }
    await clear(files.write(path, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)));
    response.status(204).end();
  });
  return router;
}

function pathOf(request: Request): string {
  const path = pathSchema.safeParse(request.query.path);
  if (path.success) return path.data;
  throw refused('bad-path', 'This is no path of a file.', 'Name a file, such as `~/notes.txt`.', 400);
}

/** The learner's own files: what is wrong with them is told to the learner. */
async function clear<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    const status = error.code === 'files-away' ? 503 : 400;
    throw new SlipwayError(error.code, error.message, { next: error.next, status, cause: error });
  }
}

const tooLarge = (path: string) =>
  refused(
    'too-large',
    `${path} is too large: less than 1 MiB goes this way.`,
    'Make it smaller, with `gzip` for example.',
    413,
  );

function refused(code: string, message: string, next: string, status = 404): SlipwayError {
  return new SlipwayError(code, message, { next, status });
}
