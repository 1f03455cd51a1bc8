// The definition of a term of the glossary, beside it while it has the pointer or the focus; Escape hides it.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { sanitised } from '../parts/rich-text.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { language, texts } from '../texts.ts';
import { glossary, loadGlossary } from './glossary.ts';
import { placeTip } from './tip-place.ts';

const TIP_ID = 'term-tip';
/** A pointer on its way elsewhere brings up nothing. */
const SHOW_AFTER_MS = 150;
/** Time for the pointer to go from the term to its definition. */
const HIDE_AFTER_MS = 200;

const termAt = (target: EventTarget | null) => (target as Element | null)?.closest?.<HTMLElement>('.term') ?? null;

/** One for all terms of a page: they stand in HTML of the lessons. */
export function TermTip() {
  const tip = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const term = useSignal<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turnTo = (next: HTMLElement | null, afterMs = 0) => {
      clearTimeout(timer);
      const turn = () => {
        if (next) void loadGlossary();
        term.value = next;
      };
      if (afterMs === 0) turn();
      else timer = setTimeout(turn, afterMs);
    };
    const focusedTerm = () => termAt(document.activeElement);
    const on = new AbortController();
    const listen = <E extends keyof DocumentEventMap>(type: E, act: (event: DocumentEventMap[E]) => void) =>
      document.addEventListener(type, act, { signal: on.signal, capture: true });
    listen('pointerover', (event) => {
      if (event.pointerType !== 'mouse') return;
      const over = termAt(event.target);
      if (over) turnTo(over, term.peek() ? 0 : SHOW_AFTER_MS);
      else if (tip.current?.contains(event.target as Node)) turnTo(term.peek());
      else if (term.peek() !== focusedTerm()) turnTo(focusedTerm(), HIDE_AFTER_MS);
      else clearTimeout(timer);
    });
    listen('focusin', (event) => turnTo(termAt(event.target)));
    listen('focusout', () => turnTo(null));
    // A tap gives no focus in every browser.
    listen('click', (event) => {
      const clicked = termAt(event.target);
      if (clicked) turnTo(clicked);
      else if (!tip.current?.contains(event.target as Node)) turnTo(null);
    });
    listen('keydown', (event) => {
      if (event.key !== 'Escape' || !term.peek()) return;
      event.stopPropagation();
      turnTo(null);
    });
    const follow = () => place(tip.current, term.peek());
    listen('scroll', follow);
    window.addEventListener('resize', follow, { signal: on.signal });
    return () => {
      on.abort();
      clearTimeout(timer);
    };
  }, []);

  const at = term.value;
  const { value } = glossary;
  const html = value.state === 'loaded' ? (value.terms.find(({ id }) => id === at?.dataset.term)?.html ?? null) : null;

  useLayoutEffect(() => {
    const box = tip.current;
    if (!at || !box || !text.current) return;
    // A tooltip holds only text: what it says is read as the term's description.
    if (html === null) text.current.textContent = value.state === 'loading' ? texts.loading : texts.glossary.unknown;
    else text.current.replaceChildren(sanitised(html, ['a', 'button']));
    text.current.lang = html === null ? language : SERVER_LANGUAGE;
    at.setAttribute('aria-describedby', TIP_ID);
    box.showPopover();
    place(box, at);
    return () => {
      at.removeAttribute('aria-describedby');
      box.hidePopover();
    };
  }, [at, html, value.state]);

  return (
    <div ref={tip} id={TIP_ID} class="term-tip" role="tooltip" popover="manual">
      <div ref={text} class="prose" />
    </div>
  );
}

function place(tip: HTMLElement | null, term: HTMLElement | null): void {
  if (!tip || !term) return;
  const { left, top } = placeTip(term.getBoundingClientRect(), tip.getBoundingClientRect(), {
    width: document.documentElement.clientWidth,
    height: innerHeight,
  });
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
