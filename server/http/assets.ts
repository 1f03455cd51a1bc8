// The built page's files: kept for ever by a browser, since their names change with what is in them, and sent in the form
// that was compressed when they were built.

import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import express from 'express';

const FOR_EVER = { immutable: true, maxAge: '1y' } as const;

const FORMS = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;

/** Serves a folder of built files, read once. What is not there is answered with 404. */
export function builtAssets(folder: string): express.Router {
  const files = new Set(readdirSync(folder));
  const router = express.Router();
  router.get('/:name', (request, response, next) => {
    const { name } = request.params;
    const forms = FORMS.filter(({ ending }) => files.has(name + ending));
    if (forms.length === 0) return next();
    response.vary('Accept-Encoding');
    const form = forms.find(({ coding }) => request.acceptsEncodings(coding));
    if (!form) return next();
    response.type(extname(name)).set('content-encoding', form.coding);
    response.sendFile(name + form.ending, { root: folder, ...FOR_EVER });
  });
  router.use(express.static(folder, { ...FOR_EVER, fallthrough: false }));
  return router;
}
