// Copies an address that is to be handed on, and says so until the focus leaves the button.

import { useSignal } from '@preact/signals';
import { roomTexts } from '../room-texts.ts';
import { copyText } from '../terminal/clipboard.ts';

type Props = {
  text: string;
  address: () => string | Promise<string>;
  /** Of an address that does not come. */
  onError?: (error: unknown) => void;
};

export function CopyLink({ text, address, onError }: Props) {
  const copied = useSignal(false);
  const copy = async () => {
    copied.value = await copyText(await address());
  };
  return (
    <>
      <button
        type="button"
        class="button no-print"
        onClick={() => void copy().catch(onError)}
        onBlur={() => {
          copied.value = false;
        }}
      >
        {copied.value ? roomTexts.class.copied : text}
      </button>
      <span class="visually-hidden" role="status">
        {copied.value && roomTexts.class.copied}
      </span>
    </>
  );
}
