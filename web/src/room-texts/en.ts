// The texts of those pages that only a room has, in English: written as web/src/texts/en.ts says, and loaded with these pages.

export default {
  class: {
    back: 'All classes',
    learners: 'Learners',
    nobody:
      'Nobody is in this class yet. Learners join with its code while it is open, or come by a link of their own from a list of names.',
    columns: { name: 'Name', lesson: 'At', progress: 'Steps done' },
    notYet: 'Not yet',
    steps: '{n, number} of {m, number}',
    skipped: '{n, plural, =0 {} one {, # skipped} other {, # skipped}}',
    rename: 'Rename',
    newName: 'New name',
    save: 'Save',
    newLink: 'New return link',
    linkHeading: 'A new return link for {name}?',
    linkText: 'The link of before no longer works, and {name} is signed out everywhere. What was done stays.',
    linkConfirm: 'Make a new link',
    linkMade: 'The link is shown only now. Hand it to {name} alone: whoever has it is {name} here.',
    remove: 'Remove',
    removeHeading: 'Remove {name} from the class?',
    removeText:
      'Lost for good: the practice computer and all on it, progress, attempts and answers. {name} is signed out everywhere, and nobody can bring this back.',
    removeConfirm: 'Remove for good',
    close: 'Close',
    link: 'Return link of {name}',
  },
  pace: {
    heading: 'Pace',
    choices: { free: 'Free: all lessons are open', teacher: 'I open the lessons' },
    open: 'Open now',
    hint: 'A lesson that you open is there for everybody within seconds.',
  },
  list: {
    heading: 'A list of names',
    intro:
      'One name a line, or a file (text or CSV; the first column counts). Each name gets a return link of its own, by which that learner comes without the code.',
    names: 'Names',
    file: 'Take names from a file',
    tooLarge: 'The file is too large for a list of names.',
    count: '{n, plural, =0 {No name yet} one {# name} other {# names}}',
    tooMany: 'A list has at most {n, number} names.',
    add: 'Put them on the list',
    added: '{n, plural, one {# link} other {# links}} to hand out',
    once: 'They are shown only now: print this page, or copy what you need. Whoever has a link is that learner.',
    print: 'Print',
    refused: 'Not taken',
    why: { 'no-name': 'not a name of 1 to 60 letters', taken: 'is in the class already' },
  },
} as const;
