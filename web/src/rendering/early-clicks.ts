// What is pressed before the page can act is done once it can.

const READY = 'slipway-ready';

/** From now on until the page is ready. */
export function holdClicks(): void {
  const held: HTMLElement[] = [];
  const hold = (event: Event) => {
    const pressed = (event.target as Element).closest<HTMLElement>('button, label, input');
    if (!pressed) return;
    event.preventDefault();
    event.stopPropagation();
    held.push(pressed);
  };
  document.addEventListener('click', hold, { capture: true });
  document.addEventListener(
    READY,
    () => {
      document.removeEventListener('click', hold, { capture: true });
      for (const element of held) element.click();
    },
    { once: true },
  );
}

export const releaseClicks = (): boolean => document.dispatchEvent(new Event(READY));
