// Owns which page is shown: the address bar's path, and links followed without a reload.

import { signal } from '@preact/signals';

export type Route =
  | { page: 'list' }
  | { page: 'glossary' }
  | { page: 'certificate' }
  | { page: 'cheat-sheet' }
  | { page: 'join' }
  | { page: 'back' }
  | { page: 'sign-in' }
  | { page: 'classes' }
  | { page: 'class'; id: number }
  | { page: 'record' }
  | { page: 'verify' }
  | { page: 'overview' }
  | { page: 'wall'; class: number }
  | { page: 'handout'; class: number }
  | { page: 'privacy' }
  | { page: 'lesson'; slug: string }
  | { page: 'unknown' };

/** The page that a path names. */
export function parsePath(path: string): Route {
  if (path === '/') return { page: 'list' };
  if (path === glossaryPath) return { page: 'glossary' };
  if (path === certificatePath) return { page: 'certificate' };
  if (path === cheatSheetPath) return { page: 'cheat-sheet' };
  if (path === joinPath) return { page: 'join' };
  if (path === '/back') return { page: 'back' };
  if (path === signInPath) return { page: 'sign-in' };
  if (path === classesPath) return { page: 'classes' };
  const id = /^\/classes\/(\d{1,9})\/?$/.exec(path)?.[1];
  if (id) return { page: 'class', id: Number(id) };
  if (path === privacyPath) return { page: 'privacy' };
  if (path === recordPath) return { page: 'record' };
  if (path === '/overview') return { page: 'overview' };
  if (path.startsWith('/certificates/')) return { page: 'verify' };
  const [, ofClass, page] = /^\/classes\/(\d{1,9})\/(wall|handout)$/.exec(path) ?? [];
  if (page) return { page: page as 'wall' | 'handout', class: Number(ofClass) };
  const slug = /^\/lessons\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/.exec(path)?.[1];
  return slug ? { page: 'lesson', slug } : { page: 'unknown' };
}

export const glossaryPath = '/glossary';
export const certificatePath = '/certificate';
export const cheatSheetPath = '/cheat-sheet';
export const joinPath = '/join';
export const signInPath = '/sign-in';
export const classesPath = '/classes';
export const privacyPath = '/privacy';
export const recordPath = '/record';
export const classPath = (id: number) => `/classes/${id}`;
export const wallPath = (id: number) => `/classes/${id}/wall`;
export const handoutPath = (id: number) => `/classes/${id}/handout`;
export const lessonPath = (slug: string) => `/lessons/${slug}`;

export const route = signal<Route>(parsePath(globalThis.location?.pathname ?? '/'));

/** Goes to one of our own pages without a load. */
export function show(path: string): void {
  history.pushState(null, '', path);
  route.value = parsePath(path);
  scrollTo(0, 0);
}

/** Follows links to our own pages in place; returns a function that stops doing so. */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || url.hash || parsePath(url.pathname).page === 'unknown') return;
    event.preventDefault();
    show(url.pathname);
  };
  const onPopState = () => {
    route.value = parsePath(location.pathname);
  };
  document.addEventListener('click', onClick);
  window.addEventListener('popstate', onPopState);
  return () => {
    document.removeEventListener('click', onClick);
    window.removeEventListener('popstate', onPopState);
  };
}
