// Every text of the page itself, in English; a translation is another object of this shape.

const plural = (n: number, one: string, many: string) => (n === 1 ? one : many);

const duration = (seconds: number): string => {
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

const roughly = (ms: number): string => {
  if (ms < 10_000) return 'A few seconds';
  if (ms < 55_000) return `About ${Math.ceil(ms / 10_000) * 10} seconds`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `About ${Math.max(1, minutes)} ${plural(Math.max(1, minutes), 'minute', 'minutes')}`;
  return 'More than an hour';
};

/** How a command of the terminal ended; null where that is not known. */
type Ended = { running: boolean; exitCode: number | null; seconds: number | null };

/** 1.5 GiB, 300 MiB: as `docker` and `df -h` count. */
const bytes = (n: number) => (n >= 2 ** 30 ? `${(n / 2 ** 30).toFixed(1)} GiB` : `${Math.round(n / 2 ** 20)} MiB`);

const listed = (names: readonly string[]) => names.map((name) => `<${name}>`).join(' and ');

export const texts = {
  name: 'Slipway',
  title: (page: string) => `${page} · Slipway`,
  skipToLesson: 'Skip to the lesson',
  skipToTerminal: 'Skip to the terminal',
  skipToLessons: 'Skip to the lessons',
  skipToGlossary: 'Skip to the glossary',
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
    page: 'A page to read',
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

  hubLimited: {
    badge: 'Docker Hub limit',
    heading: 'Docker Hub’s limit is reached',
    explanation:
      'Docker Hub gives this server no new images for now, so some pulls end with “toomanyrequests”. Images that were pulled here before still come. It mends itself, usually within six hours; whoever runs this server can log in to Docker Hub for more.',
  },

  practiceHub: {
    badge: 'Practice Docker Hub',
    short: 'Practice Hub',
    heading: 'A practice Docker Hub',
    text: 'Docker Hub in these lessons is a practice one that runs on this server. Nothing you push leaves it, and its only account is the one that the lessons show you: never type a real password here.',
  },

  glossary: {
    heading: 'Glossary',
    intro: 'The words of the field, each defined once. In the lessons they have a dotted line: point at one or tap it.',
    unknown: 'The definition could not be loaded.',
    empty: 'The glossary is empty.',
  },

  lesson: {
    all: 'All lessons',
    region: 'Lesson',
    steps: 'Steps',
    minutes: (n: number) => `About ${n} ${plural(n, 'minute', 'minutes')}`,
    progress: (n: number, m: number) => `${n} of ${m} ${plural(m, 'step', 'steps')} done`,
    goals: 'Afterwards you can',
    sources: 'Read it at the source',
    settingUp: (doing: string) => `Setting up: ${doing}`,
    setupFailed: 'This lesson could not be set up. That is our fault, not yours.',
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
    shown: 'shown',
    workOn: 'Work on this step',
    skip: 'Skip this step',
    goOn: 'Go on',
    /** What a step waits for: its checks, so many questions, or both. */
    idle: (checks: boolean, quizzes: number): string => {
      if (!checks) return texts.step.answer(quizzes);
      if (quizzes === 0) return 'This step checks itself while you work.';
      return `This step checks itself while you work, and asks ${plural(quizzes, 'a question', `${quizzes} questions`)}.`;
    },
    answer: (quizzes: number) => `Answer the ${plural(quizzes, 'question', `${quizzes} questions`)} to pass this step.`,
    doneInTerminal: 'Done in the terminal.',
    checking: 'Checking…',
    pass: 'Passed',
    fail: 'Not yet',
    error: 'Our fault, not yours',
    hint: (n: number, m: number) => `Hint ${n} of ${m}`,
    hintAgain: 'Look for a hint again',
    noHintFits: 'No other hint fits what is on your computer just now. If you are stuck, “Show me” does the step.',
    noHintFitsQuiz:
      'No other hint fits just now. Read the text of the step once more; you can try as often as you like.',
  },

  quiz: {
    answer: 'Answer',
    choose: 'Choose…',
    typeHere: 'Type your answer',
    right: 'Right: ',
    rightBefore: 'You answered this right.',
    wrong: 'Not quite.',
    missing: {
      single: 'Choose one of the answers first.',
      several: 'Choose at least one of the answers first.',
      order: 'Put them in order first.',
      match: 'Choose a partner for each first.',
      typed: 'Type an answer first.',
    },
    moveUp: (what: string) => `Move up: ${what}`,
    moveDown: (what: string) => `Move down: ${what}`,
    position: (what: string, n: number, m: number) => `${what}: place ${n} of ${m}`,
  },

  show: {
    button: 'Show me',
    heading: 'Show how this step is done?',
    text: 'This types the solution into your terminal. The step is marked as shown.',
    confirm: 'Type it for me',
    doing: 'Typing…',
  },

  evidence: {
    whyPassed: 'Why did this pass?',
    whatSeen: 'What was seen',
    at: 'Seen at',
    command: 'Your last command',
    exitCode: (code: number | null) => {
      if (code === null) return 'It had done this before it ended.';
      return code === 0 ? 'It ended well (exit code 0).' : `It ended with exit code ${code}.`;
    },
    facts: 'What your computer answered',
    none: 'Nothing has been kept for this step.',
    nothing: 'Nothing had to be asked for this verdict.',
  },

  report: {
    button: 'This check is wrong',
    thanks: 'Thank you. This is stored, with what was seen, for whoever runs Slipway.',
    noted: 'Thank you. Your note is stored too.',
    note: 'If you like, say what is wrong:',
    send: 'Send the note',
  },

  command: {
    run: 'Run',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'Press Ctrl+C',
    runLabel: (command: string) => `Run in the terminal: ${command}`,
    copyLabel: (command: string) => `Copy: ${command}`,
    fills: (names: readonly string[]) => `Run and Copy put in your own ${listed(names)}.`,
    busy: 'Nothing was typed: a program runs in the terminal, or waits for an answer. Answer it, or end it with Ctrl-C.',
    filled: (command: string) => `With your own value: ${command}`,
    menu: 'Command',
    mark: (line: string, end: string) => `${line || texts.command.hidden}: ${end}`,
    hidden: 'A command whose text is not known',
    end: ({ running, exitCode, seconds }: Ended): string => {
      if (running) return 'still running';
      const code = exitCode === null ? 'exit code unknown' : `exit code ${exitCode}`;
      return seconds === null ? code : `${code}, took ${duration(seconds)}`;
    },
    /** Beside the command: what is worth a look. */
    remark: ({ running, exitCode, seconds }: Ended): string => {
      if (running) return '';
      const parts = exitCode ? [`exit code ${exitCode}`] : [];
      if (seconds !== null && seconds >= 1) parts.push(duration(seconds));
      return parts.join(' · ');
    },
    runAgain: 'Run again',
    copyCommand: 'Copy command',
    copyOutput: 'Copy output',
    copiedText: 'Copied.',
    notCopiedText: 'This browser does not let the page copy. Select the text and press Ctrl+C.',
    missing: (names: readonly string[]) =>
      `There is no ${listed(names)} on your computer yet: do the steps before this one first.`,
  },

  divider: 'Size of the lesson',

  terminal: {
    region: 'Terminal',
    name: 'Your computer',
    input: 'Terminal input. Control Shift L leads out, to the lesson.',
    escape: 'Ctrl+Shift+L: to the lesson',
    ready: 'Ready',
    starting: 'Starting your computer…',
    connecting: 'Connecting…',
    preparing: (doing: string) => `Preparing your computer: ${doing}`,
    lost: 'Disconnected. Trying again…',
    waiting: {
      region: 'Your place in line',
      status: 'Waiting in line',
      why: {
        full: 'All practice computers are in use.',
        memory: 'This server has no memory to spare for another computer just now.',
        disk: 'This server’s disk is nearly full, so no new computer is started. Those in use go on.',
        busy: 'This server is very busy: it gives out computers slowly.',
        starting: 'Many came at once: their computers are being started.',
        trouble: 'No computer can be started at the moment. The server keeps trying.',
      },
      place: (n: number) => (n === 1 ? 'You are next' : `You are number ${n}`),
      time: (ms: number | null) => (ms === null ? 'How long it takes is not known yet.' : `${roughly(ms)}.`),
      meanwhile: 'Your computer opens here by itself. Read the lesson meanwhile.',
      keep: 'Keep this page open. A reload or a lost connection costs you nothing; after a minute away, the place goes to the next.',
      notYet: 'Nothing was typed: your computer is not there yet.',
      title: (n: number, page: string) => `${n} in line · ${page}`,
    },
    unsent: 'What you type now is not sent.',
    takenOver: 'This lesson is open in another tab.',
    useHere: 'Use it here',
    refused: 'This page and the server do not understand each other any more. Load the page again.',
    reload: 'Load again',
    missing: 'The terminal could not be loaded.',
    gone: (n: number) => `[${n} ${plural(n, 'byte', 'bytes')} of earlier output ${plural(n, 'is', 'are')} gone]`,
    mishap: {
      restarting: 'Your computer stopped. It is being started again, with its images and files.',
      restarted:
        'Your computer stopped and was started again. Images and files are as they were; containers that ran have stopped: `docker ps -a` shows them, `docker start NAME` starts one.',
      replaced:
        'Your computer stopped and could not be started again. This is a fresh one, prepared for this lesson. Your progress is kept.',
    },
    time: {
      /** `left`: 4:59 */
      ending: (why: 'idle' | 'total', left: string) =>
        why === 'idle'
          ? `Nothing was typed here for a while. This computer is put away in ${left}.`
          : `The time of this computer ends in ${left}.`,
      aloud: (minutes: number) => `This computer is put away in ${minutes} ${plural(minutes, 'minute', 'minutes')}.`,
      keeps: 'Your progress and your command history are kept.',
      here: 'I am still here',
      longer: 'Keep it half an hour longer',
      ended: (why: 'idle' | 'total') =>
        why === 'idle'
          ? 'Your computer was put away, because nobody used it for a while.'
          : 'Your computer was put away: its time was over.',
      goOn: 'Go on with a fresh one',
    },
    menu: 'Terminal menu',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    clear: 'Clear',
    reset: 'Reset',
    downloadText: 'Save all as text',
    downloadRecording: 'Save all as recording',
    previous: 'Previous command',
    last: 'Last command…',
    search: 'Search the terminal',
    found: (at: number, of: number) => {
      if (of === 0) return 'Not found';
      return at > 0 ? `${at} of ${of}` : `${of} found`;
    },
    older: 'Further up',
    newer: 'Further down',
    closeSearch: 'Close the search',
    settingsItem: 'Settings and keys…',
    files: {
      uploadItem: 'Upload files…',
      fetchItem: 'Download a file…',
      drop: 'Drop files here to put them into the home folder of your computer.',
      sending: (name: string, share: number) => `Sending ${name}: ${Math.round(share * 100)} %`,
      sent: (names: readonly string[]) => `In your home folder now: ${names.join(', ')}.`,
      notSent: (name: string) => `${name} could not be sent.`,
      tooLarge: (name: string) => `${name} is too large: less than 1 MiB goes this way.`,
      tooMany: (n: number) => `Nothing was sent: more than ${n} files do not go at once.`,
      fetchHeading: 'Download a file from your computer',
      path: 'Path, from the home folder',
      fetch: 'Download',
    },
    pasteMany: (lines: number, characters: number) => {
      if (lines === 1) return `Paste ${characters.toLocaleString('en')} characters?`;
      return `Paste ${lines.toLocaleString('en')} lines?`;
    },
    pasting: (share: number) => (share < 1 ? `Pasting: ${Math.floor(share * 100)} %` : 'Pasted.'),
    pastePreview: 'What is pasted',
    pasteAsOne: 'They are put in at the prompt together; nothing runs before you press Enter.',
    pasteEachRuns: 'What runs in the terminal takes each line at once, as if you had pressed Enter after it.',
    settings: {
      heading: 'Terminal',
      size: 'Size of the text',
      smaller: 'Smaller text',
      larger: 'Larger text',
      colours: 'Colours',
      colourNames: { page: 'As the page', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
      screenReader: 'Screen reader mode',
      screenReaderText: 'Output is read out as it comes.',
      keys: 'Keys in the terminal',
      keyNames: {
        leave: 'Out of the terminal, to the lesson, and back',
        copy: 'Copy what is selected',
        paste: 'Paste',
        search: 'Search',
        previous: 'Previous command',
        next: 'Next command',
        menu: 'Menu',
      },
      close: 'Close',
    },
    pasteHeading: 'Paste into the terminal',
    pasteText: (keys: string) => `This browser does not let the page read the clipboard. Press ${keys} now.`,
    pasteField: 'Paste here',
    keys: 'Terminal keys',
    ctrl: 'Ctrl, for the next key',
  },

  space: {
    meter: (percent: number) => `Disk ${percent} %`,
    label: (percent: number) => `Your computer’s disk: ${percent} % used`,
    heading: 'Your computer’s disk',
    used: (used: number, limit: number) => `${bytes(used)} of ${bytes(limit)} are used.`,
    inside: '`df -h ~` in your terminal says the same; images, containers, volumes and files all count.',
    low: (percent: number) => `Your computer’s disk is nearly full: ${percent} % are used.`,
    lowFiles: (percent: number) => `Your computer’s disk has nearly as many files as it can hold: ${percent} %.`,
    full: 'Your computer’s disk is full: nothing more can be written.',
    fullFiles: 'Your computer’s disk can hold no more files.',
    over: 'Your computer uses all the disk that it may.',
    next: 'Your terminal still works: remove what you do not need, or start again with a fresh computer.',
    prune: 'For example: `docker container prune`, then `docker image prune`.',
    largest: 'What takes most:',
    size: bytes,
    files: (n: number) => `${n} ${plural(n, 'file', 'files')}`,
    kinds: {
      image: 'image',
      untagged: 'images without a name',
      container: 'container',
      volume: 'volume',
      'build-cache': 'build cache',
      file: 'file',
      folder: 'folder',
    },
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
