// How many columns a character takes on the learner's computer. bash counts with its C library; where the page, or the
// server's picture of a screen, counted otherwise, the cursor would stand beside the place where bash believes it to be.

/** As xterm.js wants it (`IUnicodeVersionProvider`). */
type Widths = {
  readonly version: string;
  wcwidth(codepoint: number): 0 | 1 | 2;
  charProperties(codepoint: number, preceding: number): number;
};
type WithUnicode = { unicode: { register(widths: Widths): void; activeVersion: string } };
/** Of Unicode 11. */
type Addon = { activate(terminal: never): void };

/** By columns, in hexadecimal: what `wcwidth` of Debian 13 says otherwise than xterm.js's Unicode 11. */
const DIFFERENT = [
  `897-89f 8ca-8d2 b55 c3c d81 ece 180f 1abf-1ace 1dfa 3164 a82c d7b0-d7c6 d7cb-d7fb ffa0 10d69-10d6d 10eab-10eac
   10efc-10eff 10f82-10f85 11070 11073-11074 110c2 111cf 11241 113bb-113c0 113ce 113d0 113d2 113e1-113e2 1193b-1193c
   1193e 11943 11f00-11f01 11f36-11f3a 11f40 11f42 11f5a 13440 13447-13455 1611e-16129 1612d-1612f 16fe4 1cf00-1cf2d
   1cf30-1cf46 1e08f 1e2ae 1e4ec-1e4ef 1e5ee-1e5ef`,
  '600-605 6dd 70f 8e2 1734 fff9-fffb 110bd 110cd 1171e 13430-13438 1f93b 1f946',
  `2630-2637 268a-268f 2ffc-2fff 31bb-31bf 31e4-31e5 31ef 3248-324f 4dc0-4dff 16ff0-16ff1 18af3-18cd5 18cff-18d08
   1aff0-1aff3 1aff5-1affb 1affd-1affe 1b11f-1b122 1b132 1b155 1d300-1d356 1d360-1d376 1f6d6-1f6d7 1f6dc-1f6df
   1f6fb-1f6fc 1f7f0 1f90c 1f972 1f977-1f979 1f9a3-1f9a4 1f9ab-1f9ad 1f9cb-1f9cc 1fa74-1fa77 1fa7b-1fa7c 1fa83-1fa89
   1fa8f 1fa96-1fac6 1face-1fadc 1fadf-1fae9 1faf0-1faf8`,
];
const END = 0x20000;
const VERSION = 'debian-13';

/** All of them take one column. */
const [FIRST_ASCII, LAST_ASCII] = [0x20, 0x7e];

/** Made for the first character that needs it: most terminals are shown before they meet one. */
let table: Uint8Array | undefined;

/** Has an xterm.js count as the learner's computer does; `addon` is a fresh one of `@xterm/addon-unicode11`. */
export function countAsTheComputer(terminal: WithUnicode, addon: Addon): void {
  const register = (eleven: Widths) => {
    const wcwidth = (codepoint: number) => {
      if (codepoint >= FIRST_ASCII && codepoint <= LAST_ASCII) return 1;
      table ??= tableFrom(eleven);
      return (table[codepoint] as 0 | 1 | 2 | undefined) ?? eleven.wcwidth(codepoint);
    };
    // Its other method asks this one.
    terminal.unicode.register(Object.assign(Object.create(eleven), { version: VERSION, wcwidth }));
  };
  addon.activate({ unicode: { register } } as never);
  terminal.unicode.activeVersion = VERSION;
}

function tableFrom(eleven: Widths): Uint8Array {
  const columns = new Uint8Array(END);
  for (let codepoint = 0; codepoint < END; codepoint += 1) columns[codepoint] = eleven.wcwidth(codepoint);
  for (const [width, ranges] of DIFFERENT.entries()) {
    for (const range of ranges.split(/\s+/)) {
      const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
      columns.fill(width, first, last + 1);
    }
  }
  return columns;
}
