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
    leftOut: (n: number) => (n === 1 ? 'Left out of the lessons' : `${n} things are left out of the lessons`),
    leftOutNext: 'For whoever runs this server: mend these files, then start it again.',
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
    typed: {
      nothing: '',
      kept: 'What you type is sent if the connection is back within 10 seconds.',
      refused: 'What you typed was not sent, and what you type now is not.',
      unsure: 'What you typed last may not have arrived.',
    },
    takenOver: 'This lesson is open in another tab.',
    useHere: 'Use it here',
    refused: 'This page and the server do not understand each other any more. Load the page again.',
    reload: 'Load again',
    cutOff: {
      inputFlood:
        'That was more than this terminal can keep: the program in it does not read what you type or paste. Not all of it arrived. Go on, end the program with Ctrl-C, and bring large texts as a file: “Upload files…” in the menu.',
      tooManySockets:
        'This computer is open in too many pages at once. Close those that you do not need, then go on here.',
    },
    goOn: 'Go on',
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
    tabs: 'Terminals',
    numbered: (terminal: number) => `Terminal ${terminal + 1}`,
    openItem: 'New terminal',
    closeNumbered: (terminal: number) => `Close terminal ${terminal + 1}`,
    split: 'Side by side',
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
        turn: 'Previous and next terminal',
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

  map: {
    region: 'Map of your world',
    name: 'Map',
    show: 'Show the map',
    hide: 'Hide the map',
    toTerminal: 'Terminal',
    skip: 'Skip to the map',
    divider: 'Size of the terminal',
    missing: 'The map could not be loaded.',
    loading: 'Looking at your engine and your registry…',
    lost: 'Disconnected: this is how it was.',
    filter: 'Filter',
    filterLabel: 'Filter the map by name or digest',
    filtered: (n: number, m: number) => `${n} of ${m} shown`,
    nothingFits: 'Nothing on the map fits this filter.',
    asPicture: 'Picture',
    asTables: 'Tables',
    view: 'How the map is shown',
    keys: 'Arrow keys lead from thing to thing, Enter tells what it is.',
    what: 'What is drawn here?',
    engine: 'Your engine',
    engineAbout: 'images and containers',
    engineEmpty: 'No images yet. What you pull or build appears here.',
    engineAway: 'Your engine does not answer just now. What is drawn is how it was.',
    engineNone: 'There is no computer just now.',
    registry: (host: string) => `Registry ${host}`,
    registryAbout: 'repositories, tags and manifests',
    hub: 'Practice Docker Hub',
    hubAbout: 'what you have of it, and what this lesson speaks of',
    hubEmpty: 'Nothing of it is here yet.',
    hubDown: 'The practice Docker Hub does not answer just now.',
    registryStates: {
      asking: 'Asking…',
      up: 'Nothing was pushed yet. What you push appears here.',
      'login-required': 'It asks for a login before it shows anything.',
      'not-a-registry': 'Something answers there, but it is no registry.',
      down: 'Nothing answers at this address yet. A registry that you start there appears here.',
      hangs: 'It takes questions and gives no answer in time.',
    },
    loginNeeded: 'asks for a login; you are not logged in',
    loggedIn: (user: string | null) => (user === null ? 'you are logged in' : `you are logged in as ${user}`),
    loginHidden: 'You are logged in. Only you know this password, so the map cannot look inside.',
    more: (n: number) => `${n} more ${plural(n, 'is', 'are')} there than can be drawn.`,
    moreLabels: (n: number) => `${n} more`,
    fewer: 'Fewer',
    collapse: (name: string, n: number) => `${name}: ${n}`,
    nameless: 'Without a name',
    noTag: 'no tag',
    image: 'Image',
    manifest: 'Manifest',
    list: 'List of platforms',
    deleted: 'Deleted manifest',
    notPulled: 'Not pulled yet',
    oddTag: 'Leads nowhere',
    layers: (n: number) => `${n} ${plural(n, 'layer', 'layers')}`,
    waits: (n: number) => `${n} ${plural(n, 'blob waits', 'blobs wait')} for garbage collection`,
    unreferenced: 'only by its digest',
    ports: (host: number, container: number) => `${host} → ${container}`,
    layerLabel: (at: number, of: number, id: string, shared: boolean) =>
      `Layer ${at} of ${of}, ${id}${shared ? ', shared: stored once' : ''}`,
    inEngine: 'in your engine',
    copyName: 'Copy reference',
    copyDigest: 'Copy digest',
    copyId: 'Copy image ID',
    copied: 'Copied.',
    close: 'Close',
    seeJson: 'See as JSON',
    hideJson: 'Hide the JSON',
    givenBy: 'This gives it in your terminal:',
    noBody: 'There is nothing to show as JSON.',
    copyCommand: 'Copy the command',
    details: 'Details',
    glossary: 'Glossary',
    legend: {
      heading: 'How to read the map',
      lines: [
        'A label is a tag: a name that points at an image or a manifest. Moving a label moves no bytes.',
        'A stack is made of layers, the base at the bottom. The same layer has the same colour everywhere.',
        'A filled layer is stored there. An outlined one is shared: another image brought it, and it is stored once.',
        'A line leads from an image in your engine to the manifest that serves it in the registry.',
        'Dashed is what nobody refers to any more: it stays until garbage collection.',
      ],
    },
    whatIs: {
      engine: ['The ', 'engine', 'Engine', ' is the program behind `docker`: it keeps images and runs containers.'],
      name: ['A ', 'tag', 'Tag', ' in your engine: a label on an image. Tagging adds a label and copies nothing.'],
      tag: ['A ', 'tag', 'Tag', ' is a label on a manifest. It can be moved to another one, which moves no bytes.'],
      image: [
        'An ',
        'image',
        'Image',
        ': its layers, and the config that says how to run it. The image ID is the digest of that config.',
      ],
      container: ['A ', 'container', 'Container', ': a program with its own files, made from an image.'],
      registry: ['A ', 'registry', 'Registry', ' keeps images in repositories and serves them by an HTTP API.'],
      hub: ['', 'docker-hub', 'Docker Hub', ' is the default registry. In this course a practice one takes its place.'],
      repository: ['A ', 'repository', 'Repository', ' holds the versions of one image, each with its tags.'],
      manifest: [
        'A ',
        'manifest',
        'Manifest',
        ' is the table of contents of an image: its config and its layers, each by digest.',
      ],
      list: [
        'A ',
        'manifest-list',
        'Manifest list',
        ' names a manifest for each platform; Docker takes the one that fits.',
      ],
      deleted: [
        'Nobody can pull this any more. What it pointed at stays until ',
        'garbage-collection',
        'garbage collection',
        ' takes it.',
      ],
      config: [
        'The ',
        'config',
        'Config',
        ' says how an image is run, and lists its layers. Its digest is the image ID.',
      ],
      layer: [
        'A ',
        'layer',
        'Layer',
        ' is a part of an image’s files. Each is stored once, however many images need it.',
      ],
      platform: ['A ', 'platform', 'Platform', ' is a system and a processor that an image is made for.'],
    },
    kinds: {
      engine: 'Engine',
      name: 'Name in your engine',
      tag: 'Tag',
      image: 'Image',
      container: 'Container',
      registry: 'Registry',
      hub: 'Practice Docker Hub',
      repository: 'Repository',
      manifest: 'Manifest',
      list: 'List of platforms',
      deleted: 'Deleted manifest',
      config: 'Config',
      layer: 'Layer',
      platform: 'Platform',
    },
    facts: {
      pointsAt: 'Points at',
      imageId: 'Image ID',
      names: 'Names',
      digests: 'Served as',
      size: 'Size',
      compressed: 'Compressed',
      platform: 'Platform',
      layers: 'Layers, the base first',
      state: 'State',
      ports: 'Ports',
      image: 'Image',
      digest: 'Digest',
      config: 'Config (image ID)',
      mediaType: 'Media type',
      tags: 'Tags',
      platforms: 'Platforms',
      diffId: 'Diff ID (its files)',
      blob: 'Blob digest (compressed)',
      usedBy: 'Used by',
      login: 'Login',
      odd: 'Odd',
      left: 'Still stored',
      unknown: 'not known',
      none: 'none',
      noLogin: 'none is needed',
    },
    tables: {
      images: 'Images in your engine',
      containers: 'Containers',
      registry: (host: string) => `Manifests in ${host}`,
      name: 'Name',
      names: 'Names',
      state: 'State',
      ports: 'Ports',
      repository: 'Repository',
      none: 'None.',
    },
    transfer: {
      push: (name: string) => `Pushing to ${name}`,
      pull: (name: string) => `Pulling ${name}`,
      pushed: (name: string) => `Pushed to ${name}`,
      pulled: (name: string) => `Pulled ${name}`,
      failed: (name: string) => `${name}: refused`,
      engine: 'Engine',
      registry: 'Registry',
      waiting: 'waits',
      unpacking: 'unpacked',
      done: { push: 'moved', pull: 'moved' },
      exists: { push: 'already there', pull: 'already here' },
      mounted: (from: string) => `mounted from ${from}`,
      summary: (moved: number, there: number): string => {
        const parts = [`${moved} ${plural(moved, 'layer', 'layers')} moved`];
        if (there > 0) parts.push(`${there} already there`);
        return parts.join(', ');
      },
      more: (n: number) => `and ${n} more ${plural(n, 'layer', 'layers')}`,
    },
    changes: {
      none: 'What changes in your world is told here.',
      more: (n: number) => `and ${n} more`,
      imageCame: (name: string | null, id: string) =>
        name === null ? `An image without a name is in your engine: ${id}` : `${name} is in your engine: image ${id}`,
      named: (name: string, id: string) => `${name} is one more name of image ${id}`,
      untagged: (name: string, id: string) => `Untagged: ${name}. Image ${id} stays`,
      imageDeleted: (name: string | null, id: string) => `Deleted: image ${id}${name === null ? '' : `, ${name}`}`,
      pointsAt: (name: string, digest: string, moved: boolean) =>
        `${name} ${moved ? 'now ' : ''}points at sha256:${digest}`,
      tagGone: (name: string) => `${name} is no longer there`,
      manifestDeleted: (repository: string, digest: string, left: number) =>
        `Manifest ${digest} was deleted from ${repository}; ${left} ${plural(left, 'blob stays', 'blobs stay')} until garbage collection`,
      collected: (digest: string) => `Garbage collection took what manifest ${digest} had left`,
      containerCame: (name: string) => `Container ${name} was made`,
      containerIs: (name: string, state: string) => `Container ${name} is ${state}`,
      containerGone: (name: string) => `Container ${name} was removed`,
      registryIs: (host: string, state: string): string => {
        if (state === 'up') return `The registry at ${host} answers`;
        if (state === 'login-required') return `The registry at ${host} asks for a login`;
        return state === 'down' ? `Nothing answers at ${host}` : `${host} gives no answer that a registry would`;
      },
      login: (host: string, isIn: boolean) => `You are logged ${isIn ? 'in to' : 'out of'} ${host}`,
      engineIs: (state: string) => (state === 'up' ? 'Your engine answers' : 'Your engine does not answer'),
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
