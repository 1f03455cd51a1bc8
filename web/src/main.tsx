// Where the page starts: styles, then the app in its root element.

import './zod-without-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/list.css';
import './styles/lesson.css';
import './styles/step.css';
import './styles/quiz.css';
import './styles/evidence.css';
import './styles/prose.css';
import './styles/glossary.css';
import './styles/terminal.css';
import './styles/command-marks.css';
import './styles/terminal-tools.css';
import './styles/waiting.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
