// What was done in a lesson, step by step: the learner's own commands, and the digests that came of them.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Lesson } from '../../../protocol/lesson.ts';
import type { DoneStep } from '../../../protocol/session.ts';
import { getDone } from '../api.ts';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';

/** `passed`: how many steps have; asked again when that changes. */
export function DoneList({ lesson, passed }: { lesson: Lesson; passed: number }) {
  const done = useSignal<DoneStep[]>([]);
  useEffect(() => {
    // Without it the lesson is complete all the same.
    getDone(lesson.slug).then(
      (steps) => {
        done.value = steps.filter(({ command }) => command !== null);
      },
      () => undefined,
    );
  }, [lesson.slug, passed]);
  if (done.value.length === 0) return null;
  const titleOf = (id: string) => lesson.steps.find((step) => step.id === id)?.title ?? id;
  return (
    <>
      <h3>{texts.lesson.ownCommands}</h3>
      <ol class="done-list">
        {done.value.map(({ step, command, digests }) => (
          <li key={step}>
            <span class="done-title" lang={lesson.language}>
              {titleOf(step)}
            </span>
            <code class="done-command">{command}</code>
            {digests.length > 0 && (
              <span class="done-digests">
                {digests.map((digest) => (
                  <Digest key={digest} digest={digest} />
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Digest({ digest }: { digest: string }) {
  const copied = useSignal(false);
  // What is heard has in it what is seen, for whoever speaks to the page.
  const shown = copied.value ? texts.command.copied : `${digest.slice(0, 19)}…`;
  return (
    <button
      type="button"
      class="done-digest"
      translate={false}
      title={digest}
      aria-label={copied.value ? shown : texts.command.copyLabel({ command: shown })}
      onClick={async () => {
        copied.value = await copyText(digest);
      }}
      onBlur={() => {
        copied.value = false;
      }}
    >
      {shown}
    </button>
  );
}
