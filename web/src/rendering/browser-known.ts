// Whether the page may go by what only its browser knows: its window, and what it remembers.

import { signal } from '@preact/signals';

/** False on the server, and while the page takes over what the server has rendered: until then it must be the same. */
export const browserIsKnown = signal(!import.meta.env.RENDERING);
