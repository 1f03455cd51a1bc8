// Copies a command, and says so until the focus leaves the button.

import { useSignal } from '@preact/signals';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';

export function CopyButton({ command }: { command: string }) {
  const copied = useSignal(false);
  return (
    <button
      type="button"
      class="small-button no-print"
      aria-label={copied.value ? texts.command.copied : texts.command.copyLabel({ command })}
      onClick={async () => {
        copied.value = await copyText(command);
      }}
      onBlur={() => {
        copied.value = false;
      }}
    >
      {copied.value ? texts.command.copied : texts.command.copy}
    </button>
  );
}
