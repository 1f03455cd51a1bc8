// Sockets in a container, reached through one carrier there that the engine starts when it is needed.

import type Docker from 'dockerode';
import type { Dial } from '../dial.ts';
import { Carrier } from './carrier.ts';
import { Channel } from './carrier-channel.ts';
import { type ExecOptions, execProgram } from './exec-program.ts';

export interface ExecCarrierOptions extends Omit<ExecOptions, 'command'> {
  /** Where the carrier is in the container. */
  program: string;
  /** Where it listens; null for nowhere. */
  door: string | null;
  /** What it may connect to; the first is served before the others. */
  sockets: readonly string[];
}

export class ExecCarrier {
  /** Hears who came to the door. */
  onDoor: (channel: Channel) => void = (channel) => channel.destroy();
  readonly #docker: Docker;
  readonly #options: ExecCarrierOptions;
  #carrier: Promise<Carrier> | null = null;

  constructor(docker: Docker, options: ExecCarrierOptions) {
    this.#docker = docker;
    this.#options = options;
  }

  /** To one of the sockets. The first connection starts the carrier, and the next one after its end another. */
  dial(socket: string): Dial {
    const index = this.#options.sockets.indexOf(socket);
    return (receive) => {
      const channel = new Channel();
      if (receive) channel.on('data', receive);
      this.#up().then(
        (carrier) => carrier.connect(channel, index),
        (error) => channel.destroy(error),
      );
      return channel;
    };
  }

  /** Ends the carrier and what goes through it. */
  close(): void {
    this.#carrier?.then(
      (carrier) => carrier.close(),
      () => {},
    );
  }

  #up(): Promise<Carrier> {
    if (this.#carrier) return this.#carrier;
    const gone = () => {
      if (this.#carrier === starting) this.#carrier = null;
    };
    const starting = this.#start(gone);
    this.#carrier = starting;
    starting.catch(gone);
    return starting;
  }

  async #start(onEnd: () => void): Promise<Carrier> {
    const { program, door, sockets, ...where } = this.#options;
    const command = [program, door ?? '-', ...sockets];
    const onDoor = (channel: Channel) => this.onDoor(channel);
    return Carrier.open(await execProgram(this.#docker, { ...where, command }), { onDoor, onEnd });
  }
}
