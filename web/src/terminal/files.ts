// Brings small files to the learner's computer and back.

import { MAX_FILE_BYTES, routes } from '../../../protocol/http.ts';
import { ApiProblem, asProblem, problemIn } from '../api.ts';
import { listed, texts } from '../texts.ts';
import { download } from './download.ts';
import type { Notice } from './terminal-notice.tsx';

const MOST_FILES = 20;

/** Puts files into the home folder, one after the other, and tells how far it is; at last what came of it. */
export async function upload(files: readonly File[], tell: (told: Notice) => void): Promise<void> {
  const words = texts.terminal.files;
  if (files.length > MOST_FILES) return tell({ text: words.tooMany({ n: MOST_FILES }) });
  const put: string[] = [];
  try {
    for (const file of files) {
      const { name } = file;
      tell({ text: words.sending({ name, share: 0 }) });
      await send(file, (share) => tell({ text: words.sending({ name, share }), going: true }));
      put.push(name);
    }
    tell({ text: words.sent({ names: listed(put) }) });
  } catch (error) {
    const { message, next } = asProblem(error);
    tell({ text: `${put.length > 0 ? `${words.sent({ names: listed(put) })} ` : ''}${message} ${next}` });
  }
}

/** Saves a file of the learner's computer on their own machine. Throws ApiProblem. */
export async function fetchFile(path: string): Promise<void> {
  const full = path.startsWith('/') || path.startsWith('~/') ? path : `~/${path}`;
  const answer = await fetch(routes.file(full)).catch(() => null);
  if (!answer) throw problemIn(null, 0);
  if (!answer.ok) throw problemIn(await answer.json().catch(() => null), answer.status);
  download(full.split('/').at(-1) ?? 'file', await answer.blob());
}

/** By XMLHttpRequest: fetch does not tell how far it is. */
function send(file: File, progress: (share: number) => void): Promise<void> {
  const words = texts.terminal.files;
  if (file.size >= MAX_FILE_BYTES)
    return Promise.reject(new ApiProblem('too-large', words.tooLarge({ name: file.name }), ''));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', routes.file(`~/${file.name}`));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    // A folder that was dropped cannot be read either.
    request.onerror = () => reject(new ApiProblem('not-sent', words.notSent({ name: file.name }), ''));
    request.onload = () => (request.status === 204 ? resolve() : reject(problemIn(json(request), request.status)));
    request.send(file);
  });
}

function json(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
