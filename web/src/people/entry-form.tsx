// A form by which somebody comes in: fields, one button, and below it what went wrong.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { PlainHttp } from './plain-http.tsx';

export function EntryPage({
  heading,
  intro,
  children,
}: Record<'heading' | 'intro', string> & { children: ComponentChildren }) {
  useTitle(heading);
  return (
    <>
      <TopBar />
      <main class="entry-page" id="content" tabIndex={-1}>
        <h1>{heading}</h1>
        <p>{intro}</p>
        {children}
        <PlainHttp />
      </main>
    </>
  );
}

type FormProps = {
  button: string;
  /** Throws an ApiProblem, which is shown. */
  onSend: () => Promise<void>;
  children: ComponentChildren;
};

export function EntryForm({ button, onSend, children }: FormProps) {
  const problem = useSignal<ApiProblem | null>(null);
  const isSending = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input:placeholder-shown, input')?.focus();
  }, []);
  const send = async () => {
    isSending.value = true;
    problem.value = null;
    try {
      await onSend();
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      isSending.value = false;
    }
  };
  return (
    <form
      class="entry-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending.peek()) void send();
      }}
    >
      {children}
      <button type="submit" class="button button-main" disabled={isSending.value}>
        {button}
      </button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </form>
  );
}

type FieldProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  kind?: 'text' | 'password';
  autocomplete: string;
  least?: number;
  most: number;
  hint?: string;
  code?: boolean;
};

export function Field({ label, value, onValue, kind = 'text', autocomplete, least, most, hint, code }: FieldProps) {
  const input = {
    class: 'text-field',
    required: true,
    autocomplete,
    minLength: least,
    maxLength: most,
    value,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onValue(currentTarget.value),
    ...(code ? ({ autocapitalize: 'characters', spellcheck: false } as const) : {}),
  };
  const id = useId();
  return (
    <div class={code ? 'field field-code' : 'field'}>
      <label for={id}>{label}</label>
      {kind === 'password' ? <input id={id} type="password" {...input} /> : <input id={id} type="text" {...input} />}
      {hint && <span class="field-hint">{hint}</span>}
    </div>
  );
}
