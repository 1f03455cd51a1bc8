// How a client reaches one service: by a new connection, whatever that goes over.

import { Agent, type AgentOptions } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A new connection; it fails as a socket does, by an `error`. With `receive` its bytes go there as soon as they come,
 * and are written over after the call.
 */
export type Dial = (receive?: (bytes: Buffer) => void) => Duplex;

/** For the reads of all connections, for each is used up before the next: neither garbage nor memory of their own. */
const READ_BUFFER = Buffer.allocUnsafeSlow(65_536);

/** To what listens on this Unix socket. */
export function socketDial(path: string): Dial {
  return (receive) => {
    if (!receive) return connect(path);
    const callback = (length: number) => {
      receive(READ_BUFFER.subarray(0, length));
      return true;
    };
    return connect({ path, onread: { buffer: READ_BUFFER, callback } });
  };
}

/** An agent for HTTP to one service only. */
export function agentFor(dial: Dial, options: AgentOptions): Agent {
  const agent = new Agent(options);
  agent.createConnection = () => dial();
  return agent;
}
