// The learners of a class: each one's name, how far they are, and what a teacher may change of them.

import { type Signal, useSignal } from '@preact/signals';
import { MAX_NAME_CHARACTERS } from '../../../protocol/classroom.ts';
import type { WallLearner } from '../../../protocol/wall.ts';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { Question } from '../parts/question.tsx';
import { EntryForm, Field } from '../people/entry-form.tsx';
import { roomTexts } from '../room-texts.ts';
import type { Told } from '../wall/wall-state.ts';
import { newReturnPath, removeLearner, renameLearner } from './class-api.ts';
import type { Shown } from './shown.ts';

/** `told`: while the page is shown; null until then. */
type Props = { shown: Shown; told: Signal<Told | null>; mayChange: boolean };
/** What is asked about one of them. */
type Asked = { what: 'rename' | 'link' | 'remove'; id: string; name: string };

export function LearnerTable({ shown: { lessons, one }, told, mayChange }: Props) {
  const asked = useSignal<Asked | null>(null);
  if (!told.value) return <Loading shape="page" />;
  const all = Object.entries(told.value.learners);
  const steps = lessons.reduce((sum, lesson) => sum + lesson.steps.length, 0);
  const words = roomTexts.class;
  const close = () => {
    asked.value = null;
  };
  return (
    <section aria-labelledby="learners">
      <h2 id="learners">{words.learners}</h2>
      {all.length === 0 ? (
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
              {all.map(([id, learner]) => {
                const marks = marksOf(learner);
                const passed = marks.filter((mark) => mark === 'passed').length;
                const skipped = marks.filter((mark) => mark === 'skipped').length;
                const lesson = lessons.find(({ slug }) => slug === learner.lesson);
                const act = (what: Asked['what']) => () => {
                  asked.value = { what, id, name: learner.name };
                };
                return (
                  <tr key={id}>
                    <th scope="row" translate={false}>
                      {learner.name}
                    </th>
                    <td lang={lesson?.language}>{!learner.came ? words.notYet : (lesson?.title ?? '–')}</td>
                    <td>
                      {words.steps({ n: passed, m: steps })}
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
        <About key={`${asked.value.what} ${asked.value.id}`} asked={asked.value} ofClass={one.id} onClose={close} />
      )}
    </section>
  );
}

type AboutProps = { asked: Asked; ofClass: number; onClose: () => void };

function About({ asked: { what, id, name }, ofClass, onClose }: AboutProps) {
  const words = roomTexts.class;
  const newName = useSignal(name);
  const link = useSignal<string | null>(null);
  if (what === 'rename') {
    return (
      <Question heading={`${words.rename}: ${name}`} onClose={onClose}>
        <EntryForm
          button={words.save}
          onSend={async () => {
            await renameLearner(ofClass, id, newName.peek());
            onClose();
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
          link.value = location.origin + (await newReturnPath(ofClass, id));
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
        await removeLearner(ofClass, id);
        onClose();
      }}
    >
      <p>{words.removeText({ name })}</p>
    </Question>
  );
}

/** Of the lessons of the class, which are the only ones that are told. */
function marksOf({ steps }: WallLearner): ('passed' | 'skipped' | null)[] {
  return Object.values(steps).flatMap((ofLesson) => Object.values(ofLesson).map(({ mark }) => mark));
}
