// Where nothing is yet: what will be here, and what to do for it.

import type { ComponentChildren } from 'preact';
import { Message } from '../message.tsx';

type Props = { text: string; next?: string; children?: ComponentChildren };

export function NothingHere({ text, next, children }: Props) {
  return (
    <div class="nothing-here">
      {/* A berth without a boat. */}
      <svg class="nothing-drawing" viewBox="0 0 96 48" aria-hidden="true">
        <path d="M8 8v30M30 8v30M8 14h22" />
        <path d="M38 34c5 0 5-4 10-4s5 4 10 4 5-4 10-4 5 4 10 4 5-4 10-4M46 42c5 0 5-4 10-4s5 4 10 4 5-4 10-4" />
      </svg>
      <div>
        <p>
          <strong>{text}</strong>
        </p>
        {next && (
          <p>
            <Message text={next} />
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
