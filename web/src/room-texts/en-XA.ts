// Not a language: English with accents and longer, to see what is not in the catalogue and what does not fit. `?lang=en-XA`

import { pseudo } from '../../catalogue/pseudo.ts';
import en from './en.ts';

export default pseudo(en);
