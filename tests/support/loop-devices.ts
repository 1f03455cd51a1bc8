// The loop devices of this computer whose file lies below a folder.

import { readdirSync, readFileSync } from 'node:fs';

export interface LoopDevice {
  name: string;
  /** It goes by itself when nobody has it mounted any more. */
  autoclear: boolean;
}

export function loopDevicesBelow(folder: string): LoopDevice[] {
  return readdirSync('/sys/block').flatMap((name): LoopDevice[] => {
    const about = (what: string) => {
      try {
        return readFileSync(`/sys/block/${name}/loop/${what}`, 'utf8').trim();
      } catch {
        return '';
      }
    };
    return about('backing_file').startsWith(`${folder}/`) ? [{ name, autoclear: about('autoclear') === '1' }] : [];
  });
}
