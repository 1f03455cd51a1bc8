// One quiz: a question and its answer, as often as it takes; answered right, it folds to the answer and why.

import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Quiz } from '../../../protocol/lesson.ts';
import { LessonHtml } from '../lesson/lesson-html.tsx';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Icon } from '../parts/icons.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { texts } from '../texts.ts';
import type { Answered } from './answer-book.ts';
import { type AnswerLines, type Draft, emptyDraft, finished } from './draft.ts';
import { QuizField } from './quiz-field.tsx';

type Props = { run: LessonRun; step: string; index: number; quiz: Quiz; right: boolean };

export function QuizCard({ run, step, index, quiz, right }: Props) {
  const name = `quiz-${step}-${index}`;
  const draft = useSignal<Draft>(emptyDraft(quiz));
  const missing = useSignal(false);
  const busy = useSignal(false);
  const question = useRef<HTMLDivElement>(null);
  const answering = useRef(false);

  useLayoutEffect(() => {
    // The button that was pressed goes with the form; focus must not go with it.
    if (right && answering.current) question.current?.focus();
    if (!right) draft.value = emptyDraft(quiz);
    answering.current = false;
  }, [right]);

  const submit = async () => {
    const answer = finished(draft.peek());
    missing.value = answer === null;
    if (answer === null || busy.peek()) return;
    busy.value = true;
    answering.current = true;
    await run.answer(step, index, quiz, answer);
    busy.value = false;
  };
  const answered = run.answers.of(step, index);

  return (
    <section class="quiz" data-quiz={index} data-type={quiz.type} data-right={right}>
      <div ref={question} id={name} class="quiz-question" tabIndex={-1}>
        {right && <Icon name="check" />}
        <LessonHtml html={quiz.question} run={run} />
      </div>
      {!right && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: a legend cannot hold the paragraphs of a question */}
          <div role="group" aria-labelledby={name}>
            <QuizField
              quiz={quiz}
              name={`${name}-field`}
              labelledBy={name}
              draft={draft.value}
              onChange={(value) => {
                draft.value = value;
                missing.value = false;
              }}
            />
          </div>
          <button type="submit" class="button button-main quiz-answer" aria-disabled={busy.value}>
            {texts.quiz.answer}
          </button>
        </form>
      )}
      <div class="quiz-result" aria-live="polite">
        {missing.value && <p class="quiz-missing">{texts.quiz.missing[quiz.type]}</p>}
        {!missing.value && <Result quiz={quiz} run={run} right={right} answered={answered} busy={busy.value} />}
      </div>
    </section>
  );
}

type ResultProps = { quiz: Quiz; run: LessonRun; right: boolean; answered: Answered | null; busy: boolean };

function Result({ quiz, run, right, answered, busy }: ResultProps) {
  // The socket may say that an answer is right before its own reply has come with the reason.
  if (right && !answered?.right && busy) return null;
  if (right && !answered?.right) return <p class="quiz-right">{texts.quiz.rightBefore}</p>;
  if (!answered || answered.right !== right) return null;
  return (
    <div key={answered.tries} class={right ? 'quiz-right' : 'quiz-wrong'}>
      {right && <span class="visually-hidden">{texts.quiz.right}</span>}
      {!right && <strong>{texts.quiz.wrong}</strong>}
      {/* Of several, the reasons name what was chosen. */}
      {right && quiz.type !== 'several' && <Lines lines={answered.lines} />}
      <LessonHtml html={answered.html} run={run} />
    </div>
  );
}

function Lines({ lines }: { lines: AnswerLines }) {
  if ('text' in lines) return <p class="quiz-lines">{lines.text}</p>;
  if (lines.html.length === 1) {
    return (
      <p class="quiz-lines">
        <RichText html={lines.html[0] ?? ''} />
      </p>
    );
  }
  return (
    <ul class="quiz-lines">
      {lines.html.map((line) => (
        <li key={line}>
          <RichText html={line} />
        </li>
      ))}
    </ul>
  );
}
