// What a terminal says by itself, on the way of the keys: answers to what a program asked it, and where the focus is.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html

const ANSWERS = new RegExp(
  [
    // Device attributes, status and cursor position, modes, sizes.
    String.raw`\x1b\[[?>=]?[\d;]*(?:\$y|[cnRtx])`,
    String.raw`\x1b\[[IO]`,
    // Settings and colours, up to their terminator.
    String.raw`\x1bP[^\x1b]*\x1b\\`,
    String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)`,
  ].join('|'),
  'g',
);

/** True where no key is in it. */
export function isTerminalAnswer(input: Buffer): boolean {
  return input.length > 0 && input[0] === 0x1b && input.toString('latin1').replace(ANSWERS, '') === '';
}
