// Sends a document of the page, compressed where the browser takes that.

import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

export function sendHtml(request: Request, response: Response, html: string): void {
  response.type('html').vary('Accept-Encoding');
  if (!request.acceptsEncodings('gzip')) return void response.send(html);
  // Level 4 is done in a millisecond; the text is a fifth then.
  response.set('content-encoding', 'gzip').send(gzipSync(html, { level: 4 }));
}
