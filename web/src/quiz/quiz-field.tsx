// What an answer is made with, by the kind of quiz.

import type { Quiz } from '../../../protocol/lesson.ts';
import { texts } from '../texts.ts';
import { Choices } from './choices.tsx';
import type { Draft } from './draft.ts';
import { MatchField } from './match-field.tsx';
import { OrderField } from './order-field.tsx';

type Props = { quiz: Quiz; name: string; labelledBy: string; draft: Draft; onChange: (draft: Draft) => void };

export function QuizField({ quiz, name, labelledBy, draft, onChange }: Props) {
  const list = Array.isArray(draft) ? draft : [];
  switch (quiz.type) {
    case 'single':
    case 'several':
      return (
        <Choices choices={quiz.choices} many={quiz.type === 'several'} name={name} draft={draft} onChange={onChange} />
      );
    case 'order':
      return <OrderField items={quiz.items} order={list} labelledBy={labelledBy} onChange={onChange} />;
    case 'match':
      return <MatchField left={quiz.left} right={quiz.right} name={name} draft={list} onChange={onChange} />;
    case 'typed':
      return (
        <input
          type="text"
          class="quiz-text"
          aria-labelledby={labelledBy}
          placeholder={texts.quiz.typeHere}
          value={typeof draft === 'string' ? draft : ''}
          maxLength={500}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
