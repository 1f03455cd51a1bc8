// The learners of a class: each one's name, how far they are, and what a teacher may change of them.

import { useSignal } from '@preact/signals';
import { MAX_NAME_CHARACTERS } from '../../../protocol/classroom.ts';
import type { ClassLearner } from '../../../protocol/learners.ts';
import { NothingHere } from '../parts/nothing-here.tsx';
import { Question } from '../parts/question.tsx';
import { EntryForm, Field } from '../people/entry-form.tsx';
import { roomTexts } from '../room-texts.ts';
import { newReturnPath, removeLearner, renameLearner } from './class-api.ts';
import type { Shown } from './shown.ts';

type Props = { shown: Shown; mayChange: boolean; onChanged: () => Promise<void> };
/** What is asked about one of them. */
type Asked = { what: 'rename' | 'link' | 'remove'; learner: ClassLearner };

export function LearnerTable({ shown, mayChange, onChanged }: Props) {
  const asked = useSignal<Asked | null>(null);
  const { learners, lessons, one } = shown;
  const all = lessons.reduce((sum, { steps }) => sum + steps.length, 0);
  const words = roomTexts.class;
  const close = () => {
    asked.value = null;
  };
  return (
    <section aria-labelledby="learners">
      <h2 id="learners">{words.learners}</h2>
      {learners.length === 0 ? (
        <NothingHere text={words.nobody} />
      ) : (
        <div class="table-frame">
          <table class="learner-table">
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.lesson}</th>
                <th scope="col">{words.columns.progress}</th>
                {mayChange && <td />}
              </tr>
            </thead>
            <tbody>
              {learners.map((learner) => {
                const passed = sumOf(learner.passed, one.lessons);
                const skipped = sumOf(learner.skipped, one.lessons);
                const lesson = lessons.find(({ slug }) => slug === learner.lesson);
                const act = (what: Asked['what']) => () => {
                  asked.value = { what, learner };
                };
                return (
                  <tr key={learner.id}>
                    <th scope="row" translate={false}>
                      {learner.name}
                    </th>
                    <td lang={lesson?.language}>{learner.cameMs === null ? words.notYet : (lesson?.title ?? '–')}</td>
                    <td>
                      {words.steps({ n: passed, m: all })}
                      {skipped > 0 && words.skipped({ n: skipped })}
                    </td>
                    {mayChange && (
                      <td class="learner-actions">
                        <button type="button" class="quiet-button" onClick={act('rename')}>
                          {words.rename}
                        </button>
                        <button type="button" class="quiet-button" onClick={act('link')}>
                          {words.newLink}
                        </button>
                        <button type="button" class="quiet-button" onClick={act('remove')}>
                          {words.remove}
                        </button>
                      </td>
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {asked.value && (
        <About
          key={`${asked.value.what} ${asked.value.learner.id}`}
          asked={asked.value}
          id={one.id}
          onClose={close}
          onChanged={onChanged}
        />
      )}
    </section>
  );
}

type AboutProps = { asked: Asked; id: number; onClose: () => void; onChanged: () => Promise<void> };

function About({ asked: { what, learner }, id, onClose, onChanged }: AboutProps) {
  const words = roomTexts.class;
  const { name } = learner;
  const newName = useSignal(name);
  const link = useSignal<string | null>(null);
  const done = async () => {
    onClose();
    await onChanged();
  };
  if (what === 'rename') {
    return (
      <Question heading={`${words.rename}: ${name}`} onClose={onClose}>
        <EntryForm
          button={words.save}
          onSend={async () => {
            await renameLearner(id, learner.id, newName.peek());
            await done();
          }}
        >
          <Field
            label={words.newName}
            autocomplete="off"
            most={MAX_NAME_CHARACTERS}
            value={newName.value}
            onValue={(value) => {
              newName.value = value;
            }}
          />
        </EntryForm>
      </Question>
    );
  }
  if (what === 'link') {
    return (
      <Question
        heading={words.linkHeading({ name })}
        onClose={onClose}
        confirm={link.value === null ? words.linkConfirm : undefined}
        onConfirm={async () => {
          link.value = location.origin + (await newReturnPath(id, learner.id));
        }}
      >
        {link.value === null ? (
          <p>{words.linkText({ name })}</p>
        ) : (
          <>
            <p>{words.linkMade({ name })}</p>
            <p class="person-link">
              <code>{link.value}</code>
            </p>
          </>
        )}
      </Question>
    );
  }
  return (
    <Question
      heading={words.removeHeading({ name })}
      onClose={onClose}
      confirm={words.removeConfirm}
      onConfirm={async () => {
        await removeLearner(id, learner.id);
        await done();
      }}
    >
      <p>{words.removeText({ name })}</p>
    </Question>
  );
}

/** Of the lessons of the class only. */
function sumOf(byLesson: Record<string, number>, lessons: readonly string[]): number {
  return lessons.reduce((sum, slug) => sum + (byLesson[slug] ?? 0), 0);
}
