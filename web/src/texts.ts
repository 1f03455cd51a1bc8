// Every text of the page itself, in English; a translation is another object of this shape.

const plural = (n: number, one: string, many: string) => (n === 1 ? one : many);

export const texts = {
  name: 'Slipway',
  title: (page: string) => `${page} · Slipway`,
  skipToLesson: 'Skip to the lesson',
  skipToTerminal: 'Skip to the terminal',
  skipToLessons: 'Skip to the lessons',
  retry: 'Try again',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  loading: 'Loading…',

  list: {
    heading: 'Learn Docker registries by doing',
    welcome: [
      'Each lesson stands beside a real terminal, on a small computer of your own with a real Docker Engine and a real registry.',
      'You type real commands; each step sees for itself what happened, and says what to do when something is missing.',
      'You cannot break anything that matters: whatever happens, you can start again.',
    ],
    lessons: 'Lessons',
    empty: 'No lessons yet.',
    emptyNext: 'Add a folder with a `lesson.md` to `lessons`, then load this page again.',
    minutes: (n: number) => `${n} ${plural(n, 'minute', 'minutes')}`,
    progress: (n: number, m: number) => `${n} of ${m} ${plural(m, 'step', 'steps')}`,
    begin: 'Start here',
    resume: (step: string) => `Go on with “${step}”`,
    next: 'Next for you',
  },

  offline: {
    badge: 'Offline images',
    heading: 'Offline images',
    explanation:
      'This machine works without Docker Hub. The images you pull, such as nginx or alpine, are small stand-ins built on this machine: they carry the real names and behave the same in every step, but they are not the originals.',
  },

  lesson: {
    all: 'All lessons',
    region: 'Lesson',
    steps: 'Steps',
    minutes: (n: number) => `About ${n} ${plural(n, 'minute', 'minutes')}`,
    progress: (n: number, m: number) => `${n} of ${m} ${plural(m, 'step', 'steps')} done`,
    startAgain: 'Start again',
    done: 'Lesson complete',
    doneText: 'Every step passed.',
    doneSkipped: (n: number) =>
      `${n} ${plural(n, 'step was', 'steps were')} skipped; you can open ${plural(n, 'it', 'them')} any time.`,
    next: 'Next lesson',
    last: 'That was the last lesson.',
  },

  restart: {
    heading: 'Start this lesson again?',
    text: 'You get a fresh computer, and the lesson begins at its first step.',
    lost: 'Lost: every image, container and file on the computer you have now, and this lesson’s progress. Other lessons keep theirs.',
    confirm: 'Start again',
    doing: 'Starting again…',
  },

  step: {
    number: (n: number) => `Step ${n}`,
    states: { todo: 'to do', current: 'current', passed: 'passed', skipped: 'skipped' },
    workOn: 'Work on this step',
    skip: 'Skip this step',
    idle: 'This step checks itself while you work.',
    checking: 'Checking…',
    pass: 'Passed',
    fail: 'Not yet',
    error: 'Our fault, not yours',
    hint: (n: number, m: number) => `Hint ${n} of ${m}`,
  },

  command: {
    run: 'Run',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'Press Ctrl+C',
    runLabel: (command: string) => `Run in the terminal: ${command}`,
    copyLabel: (command: string) => `Copy: ${command}`,
  },

  divider: 'Size of the lesson',

  terminal: {
    region: 'Terminal',
    name: 'Your computer',
    input: 'Terminal input',
    escape: 'Ctrl+Shift+L: to the lesson',
    ready: 'Ready',
    starting: 'Starting your computer…',
    connecting: 'Connecting…',
    preparing: (doing: string) => `Preparing your computer: ${doing}`,
    lost: 'Disconnected. Trying again…',
    unsent: 'What you type now is not sent.',
    takenOver: 'This lesson is open in another tab.',
    useHere: 'Use it here',
    refused: 'This page and the server do not understand each other any more. Load the page again.',
    reload: 'Load again',
    missing: 'The terminal could not be loaded.',
    gone: (n: number) => `[${n} ${plural(n, 'byte', 'bytes')} of earlier output ${plural(n, 'is', 'are')} gone]`,
    menu: 'Terminal menu',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    clear: 'Clear',
    pasteHeading: 'Paste into the terminal',
    pasteText: (keys: string) => `This browser does not let the page read the clipboard. Press ${keys} now.`,
    pasteField: 'Paste here',
    keys: 'Terminal keys',
    ctrl: 'Ctrl, for the next key',
  },

  problems: {
    unreachable: {
      message: 'Slipway’s server does not answer.',
      next: 'See that it still runs where you started it, then try again.',
    },
    mismatch: {
      message: 'The server’s answer is not what this page expects.',
      next: 'Load the page again: the server may be newer than the page.',
    },
    unexpected: { message: 'Something in this page went wrong.', next: 'Load the page again.' },
    unknownPage: { message: 'There is no such page.', next: 'Choose a lesson from the list.' },
  },
} as const;
