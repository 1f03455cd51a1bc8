// Tells zod not to compile its schemas with `new Function`, which the content security policy refuses; imported first.

import { z } from 'zod';

z.config({ jitless: true });
