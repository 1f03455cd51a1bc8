// One bounded question to a registry through a relay. The registry is the learner's: its answer is only data.

import http from 'node:http';
import type { Dial } from '../dial.ts';
import { SlipwayError, systemCode } from '../errors.ts';
import { RegistryDown } from './types.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface Question {
  method: 'GET' | 'HEAD';
  host: string;
  dial: Dial;
  path: string;
  headers: Record<string, string>;
  /** When to give up. */
  signal: AbortSignal;
  /** Keeps connections for the next question; without one each question makes its own. */
  agent?: http.Agent;
}

/** Something answered; `http` is null where it does not speak HTTP. */
export interface Answer {
  http: { status: number; headers: http.IncomingHttpHeaders } | null;
  /** Null where it is more than 4 MiB. */
  body: Buffer | null;
}

/** Throws RegistryDown where nothing answers in time, SlipwayError `link-down` where the sandbox's relay is not there. */
export function ask({ method, host, dial, path, headers, signal, agent }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      method,
      path,
      headers: { host, ...headers },
      ...(agent ? { agent } : { createConnection: () => dial() }),
      signal,
    });
    let connected = false;
    const failed = (cause: unknown) => {
      if (systemCode(cause)?.startsWith('HPE_')) resolve({ http: null, body: null });
      else
        reject(
          connected || request.reusedSocket || signal.aborted
            ? new RegistryDown(host, cause, signal.aborted)
            : linkDown(cause),
        );
    };
    request.on('socket', (socket) => socket.on('connect', () => (connected = true)));
    request.on('error', failed);
    // Also what ends without an error, as a switch to another protocol does.
    request.on('close', () => failed(new Error('the connection ended')));
    request.on('response', (response) => {
      const answered = { status: response.statusCode ?? 0, headers: response.headers };
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('error', failed);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes <= MAX_BODY_BYTES) return;
        resolve({ http: answered, body: null });
        request.destroy();
      });
      response.on('end', () => resolve({ http: answered, body: Buffer.concat(chunks) }));
    });
    request.end();
  });
}

function linkDown(cause: unknown): SlipwayError {
  return new SlipwayError('link-down', `the sandbox's registry link does not answer (${systemCode(cause) ?? cause})`, {
    next: 'Start again with a fresh sandbox.',
    cause,
  });
}
