// Takes files that are dropped on the terminal, and says so while they hover over it.

import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';

export function DropTarget({
  area,
  onFiles,
}: {
  area: RefObject<HTMLElement | null>;
  onFiles: (files: File[]) => void;
}) {
  const over = useSignal(false);
  useEffect(() => {
    const host = area.current;
    if (!host) return;
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    host.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        over.value = true;
      },
      { signal },
    );
    host.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!host.contains(relatedTarget as Node | null)) over.value = false;
      },
      { signal },
    );
    host.addEventListener(
      'drop',
      (event) => {
        over.value = false;
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    // Beside the terminal the browser would leave the page for the file.
    for (const type of ['dragover', 'drop'] as const) {
      window.addEventListener(type, (event) => hasFiles(event) && event.preventDefault(), { signal });
    }
    return () => stop.abort();
  }, []);
  return over.value ? <div class="drop-target">{texts.terminal.files.drop}</div> : null;
}
