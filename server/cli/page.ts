// Builds the page ahead of the first start, for the server's image.

import { ensurePage } from '../http/page.ts';
import { createProgress } from '../progress.ts';

await ensurePage(createProgress());
