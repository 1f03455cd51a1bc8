// Where a learner joins a class: its code, a name, and in.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_NAME_CHARACTERS } from '../../../protocol/classroom.ts';
import { join } from '../api.ts';
import { roomTexts } from '../room-texts.ts';
import { privacyPath, signInPath } from '../router.ts';
import { EntryForm, EntryPage, Field } from './entry-form.tsx';
import { cameIn, takeFragment } from './here.ts';

export function JoinPage() {
  const code = useSignal('');
  const name = useSignal('');
  useEffect(() => {
    code.value = takeFragment();
  }, []);
  const { heading, intro, button } = roomTexts.join;
  return (
    <EntryPage heading={heading} intro={intro}>
      <EntryForm button={button} onSend={async () => cameIn(await join(code.peek(), name.peek()), '/')}>
        <Field
          code
          label={roomTexts.join.code}
          autocomplete="off"
          most={20}
          value={code.value}
          onValue={(value) => {
            code.value = value;
          }}
        />
        <Field
          label={roomTexts.join.name}
          autocomplete="name"
          most={MAX_NAME_CHARACTERS}
          hint={roomTexts.join.nameHint}
          value={name.value}
          onValue={(value) => {
            name.value = value;
          }}
        />
      </EntryForm>
      <p class="entry-other">
        <a href={privacyPath}>{roomTexts.privacy.heading}</a>
      </p>
      <p class="entry-other">
        {roomTexts.join.again} <a href={signInPath}>{roomTexts.signIn.link}</a>
      </p>
    </EntryPage>
  );
}
