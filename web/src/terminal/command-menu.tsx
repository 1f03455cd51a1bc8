// What can be done with one command of the terminal: run it again, copy it, copy what it printed.

import type { LessonRun } from '../lesson/lesson-run.ts';
import { Menu, type MenuPlace } from '../parts/menu.tsx';
import { texts } from '../texts.ts';
import { copyText } from './clipboard.ts';
import { endText } from './command-end.ts';
import { linksIn, openLink } from './links.ts';
import type { ShellCommand } from './shell-commands.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Props = {
  run: LessonRun;
  screen: TerminalScreen;
  command: ShellCommand;
  place: MenuPlace;
  onClose: () => void;
  onNotice: (text: string) => void;
};

export function CommandMenu({ run, screen, command, place, onClose, onNotice }: Props) {
  const { line } = command;
  const output = screen.commands.outputOf(command);
  const links = linksIn(output ?? '').map((link) => ({
    text: texts.command.openLink({ link }),
    action: () => openLink(null, link),
  }));
  const copy = async (text: string) =>
    onNotice((await copyText(text)) ? texts.command.copiedText : texts.command.notCopiedText);
  const runAgain = () => {
    const why = run.runCommand(line);
    if (why !== null) onNotice(why);
  };
  return (
    <Menu
      label={texts.command.menu}
      place={place}
      about={{ title: line.split('\n')[0] || texts.command.hidden, text: aboutOf(command) }}
      onClose={onClose}
      onFocusBack={(chosen) => (chosen ? screen.focus() : screen.places.choose(command))}
      groups={[
        [
          { text: texts.command.runAgain, action: runAgain, disabled: line === '' },
          { text: texts.command.copyCommand, action: () => copy(line), disabled: line === '' },
          { text: texts.command.copyOutput, action: () => copy(output ?? ''), disabled: !output },
        ],
        ...(links.length > 0 ? [links] : []),
      ]}
    />
  );
}

function aboutOf(command: ShellCommand): string {
  const end = endText(command);
  return command.folder === '' ? end : texts.command.inFolder({ end, folder: homely(command.folder) });
}

/** As the prompt shows it. */
const homely = (folder: string): string => folder.replace(/^\/root(?=\/|$)/, '~');
