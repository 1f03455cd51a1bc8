// Where teachers and assistants come in: by a link that works once, and then by the password that they set.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_NAME_CHARACTERS, MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '../../../protocol/classroom.ts';
import { type ApiProblem, asProblem, setPassword, signIn, signInByLink } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { classesPath, joinPath } from '../router.ts';
import { EntryForm, EntryPage, Field } from './entry-form.tsx';
import { cameIn, takeFragment } from './here.ts';

type State = 'asking' | 'new-password' | 'by-password';

export function SignInPage() {
  const state = useSignal<State>(location.hash === '' ? 'by-password' : 'asking');
  const problem = useSignal<ApiProblem | null>(null);
  const name = useSignal('');
  const password = useSignal('');
  const enter = async () => {
    try {
      const me = await signInByLink(takeFragment());
      if (!me.needsPassword) return cameIn(me, classesPath);
      state.value = 'new-password';
    } catch (error) {
      problem.value = asProblem(error);
      state.value = 'by-password';
    }
  };
  useEffect(() => {
    if (state.peek() === 'asking') void enter();
  }, []);

  const isNew = state.value === 'new-password';
  const words = isNew ? roomTexts.newPassword : roomTexts.signIn;
  const send = isNew ? setPassword : signIn;
  return (
    <EntryPage heading={words.heading} intro={words.intro}>
      {problem.value && <ProblemNotice problem={problem.value} />}
      {state.value === 'asking' ? (
        <Loading shape="form" />
      ) : (
        <EntryForm
          key={state.value}
          button={words.button}
          onSend={async () => cameIn(await send(name.peek(), password.peek()), classesPath)}
        >
          <Field
            label={roomTexts.signIn.name}
            autocomplete="username"
            most={MAX_NAME_CHARACTERS}
            value={name.value}
            onValue={(value) => {
              name.value = value;
            }}
          />
          <Field
            label={roomTexts.signIn.password}
            kind="password"
            autocomplete={isNew ? 'new-password' : 'current-password'}
            {...(isNew
              ? { least: MIN_PASSWORD_CHARACTERS, hint: roomTexts.newPassword.hint({ n: MIN_PASSWORD_CHARACTERS }) }
              : {})}
            most={MAX_PASSWORD_CHARACTERS}
            value={password.value}
            onValue={(value) => {
              password.value = value;
            }}
          />
        </EntryForm>
      )}
      {!isNew && (
        <p class="entry-other">
          {roomTexts.signIn.learner} <a href={joinPath}>{roomTexts.join.heading}</a>
        </p>
      )}
    </EntryPage>
  );
}
