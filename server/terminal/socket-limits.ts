// What a page's sockets may do, as the settings say.

const KIB = 1024;

export interface SocketLimits {
  /** Output on its way to a page before the shell is stopped. */
  windowBytes: number;
  maxFrameBytes: number;
  inputBytesPerSecond: number;
  /** Input that waits for a program that does not read it. */
  waitingInputBytes: number;
  socketsPerSession: number;
  helloMs: number;
  /** A dead line is known after two of them. */
  pingMs: number;
}

export interface SocketSettings {
  windowKb: number;
  maxFrameKb: number;
  inputKbPerSecond: number;
  waitingInputKb: number;
  socketsPerSession: number;
  helloSeconds: number;
  pingSeconds: number;
}

export function socketLimitsOf(settings: SocketSettings): SocketLimits {
  return {
    windowBytes: settings.windowKb * KIB,
    maxFrameBytes: settings.maxFrameKb * KIB,
    inputBytesPerSecond: settings.inputKbPerSecond * KIB,
    waitingInputBytes: settings.waitingInputKb * KIB,
    socketsPerSession: settings.socketsPerSession,
    helloMs: settings.helloSeconds * 1000,
    pingMs: settings.pingSeconds * 1000,
  };
}
