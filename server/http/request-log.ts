// A line a request at level debug: what was asked, without queries, cookies and what stands for access.

import type { NextFunction, Request, Response } from 'express';

/** Learners' own words stand in queries and bodies only; neither is logged. */
export function logRequests(log: { debug(fields: object, text: string): void }) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const beganMs = performance.now();
    const { method } = request;
    const path = request.path.replace(/^\/access\/.*/, '/access/…').slice(0, 200);
    response.once('close', () =>
      log.debug({ method, path, status: response.statusCode, ms: Math.round(performance.now() - beganMs) }, 'request'),
    );
    next();
  };
}
