// Where the page starts: styles, then the app in its root element.

import './zod-without-eval.ts';
import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { followTheme } from './parts/theme.ts';
import { speak } from './texts.ts';

followTheme();
const root = document.getElementById('app');
if (root) speak(() => render(<App />, root));
