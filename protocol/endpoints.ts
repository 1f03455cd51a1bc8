// What each route takes and answers: docs/protocol.md is written from it.

import { z } from 'zod';
import {
  classChangeSchema,
  classSchema,
  hereSchema,
  invitationSchema,
  invitedSchema,
  joinSchema,
  linkTokenSchema,
  meSchema,
  newClassSchema,
  newPasswordSchema,
  type Role,
  signInSchema,
  staffSchema,
} from './classroom.ts';
import type { routes } from './http.ts';
import { classLearnerSchema, learnerChangeSchema, listedSchema, nameListSchema, returnLinkSchema } from './learners.ts';
import { lessonSchema, lessonSummarySchema, quizAnswerSchema, termSchema } from './lesson.ts';
import { rawAnswerSchema } from './map.ts';
import {
  certificateSchema,
  classOverviewSchema,
  classReportSchema,
  ownRecordSchema,
  privacySchema,
  sharedOverviewSchema,
} from './records.ts';
import { rehearsalAskSchema, rehearsalViewSchema } from './rehearsal.ts';
import { broadcastBeginSchema, helpSentSchema, raiseSchema } from './room.ts';
import {
  doneStepSchema,
  evidenceSchema,
  infoSchema,
  openedSchema,
  openSchema,
  quizResultSchema,
  reportSchema,
  sessionSchema,
} from './session.ts';
import { toStartSchema, toStepSchema } from './wall.ts';
import { webhookSchema } from './webhook.ts';
import { learnerWorkSchema, MOST_ATTEMPTS, MOST_COMMANDS } from './work.ts';

/** `anyone`: also who has not said who they are. */
export type Audience = 'anyone' | readonly Role[];

/** A teacher may try what a learner does. */
const LEARNERS: Audience = ['learner', 'assistant', 'teacher'];
const LEARNERS_ONLY: Audience = ['learner'];
const STAFF: Audience = ['assistant', 'teacher'];
const TEACHERS: Audience = ['teacher'];

export interface Endpoint {
  method: 'GET' | 'POST';
  /** With `:name` for what is put in. */
  path: string;
  /** Whom it answers where a teacher has a room; alone at a computer one is a learner. */
  for: Audience;
  /** The body of a POST; an empty object where nothing is said. */
  takes?: z.ZodType;
  /** In words where it is no JSON. */
  answers: z.ZodType | string;
  says: string;
}

const FILE = 'the bytes of the file';
const ownValues = z.record(z.string(), z.string());

export const endpoints: Readonly<Record<keyof typeof routes, readonly Endpoint[]>> = {
  info: [{ method: 'GET', path: '/api/info', for: LEARNERS, answers: infoSchema, says: 'What this server is.' }],
  lessons: [
    {
      method: 'GET',
      path: '/api/lessons',
      for: LEARNERS,
      answers: z.array(lessonSummarySchema),
      says: 'All lessons, in their order.',
    },
  ],
  lesson: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson',
      for: LEARNERS,
      answers: lessonSchema,
      says: 'One of them. `unknown-lesson` where there is none.',
    },
  ],
  session: [
    {
      method: 'GET',
      path: '/api/session',
      for: LEARNERS,
      answers: sessionSchema.nullable(),
      says: "This learner's run; null where none was begun.",
    },
  ],
  extend: [
    {
      method: 'POST',
      path: '/api/session/extend',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'The computer is kept longer. `no-more-time` where it may not be.',
    },
  ],
  open: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/open',
      for: LEARNERS,
      takes: openSchema,
      answers: sessionSchema,
      says: 'Makes session and cookie where there are none, and a computer or a place in line. `too-many-sessions` where too many of one address have begun.',
    },
  ],
  openStep: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/open',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'The step becomes the current one.',
    },
  ],
  skipStep: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/skip',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'The step is skipped.',
    },
  ],
  restart: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/restart',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'A fresh computer, the lesson from its beginning.',
    },
  ],
  setup: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/setup',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'A set-up that has failed is tried again.',
    },
  ],
  quiz: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/quizzes/:quiz',
      for: LEARNERS,
      takes: quizAnswerSchema,
      answers: quizResultSchema,
      says: 'An answer to a question.',
    },
  ],
  hint: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/hint',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'Takes the next hint that fits the state, if there is one.',
    },
  ],
  show: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/show',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'Types the solution into the terminal.',
    },
  ],
  done: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/done',
      for: LEARNERS,
      answers: z.array(doneStepSchema),
      says: 'What each step that a check has passed was done with, in the order of the lesson.',
    },
  ],
  evidence: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/steps/:step/evidence',
      for: LEARNERS,
      answers: evidenceSchema,
      says: "What the step's newest verdict rests on, or `no-evidence`.",
    },
  ],
  report: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/report',
      for: LEARNERS,
      takes: reportSchema,
      answers: sessionSchema,
      says: "'This check is wrong.'",
    },
  ],
  values: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/steps/:step/values',
      for: LEARNERS,
      answers: ownValues,
      says: "Placeholder → the learner's own value.",
    },
  ],
  mapRaw: [
    {
      method: 'GET',
      path: '/api/map/raw?key=:key',
      for: LEARNERS,
      answers: rawAnswerSchema,
      says: 'Behind a thing of the map, or `not-on-map`.',
    },
  ],
  glossary: [
    {
      method: 'GET',
      path: '/api/glossary',
      for: LEARNERS,
      answers: z.array(termSchema),
      says: 'The terms of the field.',
    },
  ],
  file: [
    {
      method: 'GET',
      path: '/api/file?path=:path',
      for: LEARNERS,
      answers: FILE,
      says: "A file on the learner's computer, as an attachment.",
    },
    {
      method: 'POST',
      path: '/api/file?path=:path',
      for: LEARNERS,
      answers: 'nothing, with status 204',
      says: 'A new file; the body is its bytes, as `application/octet-stream`. `file-exists` where there is one.',
    },
  ],
  terminals: [
    {
      method: 'POST',
      path: '/api/terminals',
      for: LEARNERS,
      answers: openedSchema,
      says: 'One more terminal. `too-many-terminals` beyond the most.',
    },
  ],
  closeTerminal: [
    {
      method: 'POST',
      path: '/api/terminals/:terminal/close',
      for: LEARNERS,
      answers: sessionSchema,
      says: 'What runs on it is hung up; the first one stays.',
    },
  ],
  socket: [
    {
      method: 'GET',
      path: '/ws?terminal=:terminal',
      for: LEARNERS,
      answers: 'an upgrade',
      says: 'The WebSocket; terminal 0 where none is said.',
    },
  ],
  wall: [
    {
      method: 'GET',
      path: '/ws/wall?class=:class',
      for: STAFF,
      answers: 'an upgrade',
      says: "A WebSocket of its own: how the class's learners stand. `no-class` where there is none.",
    },
  ],
  room: [
    {
      method: 'GET',
      path: '/ws/room',
      for: LEARNERS,
      answers: 'an upgrade',
      says: 'A WebSocket of its own: what goes on in the class, for one of its learners. `no-class-of-yours` for who is in none.',
    },
  ],
  hand: [
    {
      method: 'POST',
      path: '/api/hand',
      for: LEARNERS,
      takes: raiseSchema,
      answers: z.null(),
      says: 'Raises a hand; one that is up keeps its place, with these words. `no-class-of-yours`.',
    },
  ],
  learnerSocket: [
    {
      method: 'GET',
      path: '/ws/learner?class=:class&person=:person&terminal=:terminal',
      for: STAFF,
      answers: 'an upgrade',
      says: "As `/ws`, for one who looks on at a learner's terminal: it never leads, and what is typed on it is refused (`input-refused`) unless the learner has allowed it. The learner sees who looks on. `no-class`, `no-person`, and `no-session` where they have not begun.",
    },
  ],
  help: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/help',
      for: STAFF,
      takes: helpSentSchema,
      answers: z.null(),
      says: 'Sends a hint, a command or a link. `no-class`, `no-person`.',
    },
  ],
  askKeyboard: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/keyboard/ask',
      for: STAFF,
      answers: z.null(),
      says: 'Asks the learner to let one type in their terminal, for as long as one looks on. `no-class`, `no-person`, `not-looking`, `not-there` where they have no page open, and `keyboard-asked` where another one has.',
    },
  ],
  giveKeyboard: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/keyboard/give-back',
      for: STAFF,
      answers: z.null(),
      says: 'Withdraws that, or types no more.',
    },
  ],
  allowKeyboard: [
    {
      method: 'POST',
      path: '/api/keyboard/:ask/allow',
      for: LEARNERS,
      answers: z.null(),
      says: 'By the learner: who asked types from now on, until the learner types, takes it back or leaves. `no-ask`.',
    },
  ],
  takeKeyboard: [
    {
      method: 'POST',
      path: '/api/keyboard/take-back',
      for: LEARNERS,
      answers: z.null(),
      says: 'By the learner: refuses, or ends it at once.',
    },
  ],
  startAgain: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/restart',
      for: STAFF,
      takes: toStartSchema,
      answers: z.null(),
      says: 'As a learner starts the lesson again: a fresh computer, and the lesson from its beginning. The learner is told. `no-session`, and `not-open` where another lesson is open by now.',
    },
  ],
  moveTo: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/step',
      for: STAFF,
      takes: toStepSchema,
      answers: z.null(),
      says: 'The step becomes the current one, and the learner is told. `no-session`, `not-open`, `unknown-step`, and `step-passed`.',
    },
  ],
  extendFor: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/extend',
      for: STAFF,
      answers: z.null(),
      says: 'Puts off the end that the learner is warned of, as often as the server allows, and the learner is told. `no-session`, `no-end-near`, `no-more-time`.',
    },
  ],
  pause: [
    {
      method: 'POST',
      path: '/api/classes/:class/pause',
      for: STAFF,
      answers: z.null(),
      says: 'From now on nothing that its learners type is taken, and none of their steps changes by what they ask (`paused`); what runs goes on, and nobody is idle. Of one that is paused nothing changes.',
    },
  ],
  resume: [{ method: 'POST', path: '/api/classes/:class/resume', for: STAFF, answers: z.null(), says: 'It goes on.' }],
  broadcast: [
    {
      method: 'POST',
      path: '/api/classes/:class/broadcast',
      for: STAFF,
      takes: broadcastBeginSchema,
      answers: z.null(),
      says: 'Shows a terminal of a dry run of the class to its learners, with what it has printed so far; one shows another of theirs in its place. It is over when somebody ends it, and with the terminal, the dry run, the class being open and the run of the server. `no-class`, `class-not-open`, `no-dry-run`, `no-computer`, and `broadcast-on` where another one shows theirs.',
    },
  ],
  endBroadcast: [
    {
      method: 'POST',
      path: '/api/classes/:class/broadcast/end',
      for: STAFF,
      answers: z.null(),
      says: 'Ends that, whoever began it. `no-class`.',
    },
  ],
  broadcastSocket: [
    {
      method: 'GET',
      path: '/ws/broadcast?class=:class',
      for: LEARNERS,
      answers: 'an upgrade',
      says: 'As `/ws`, for one of the class who looks at the terminal that is shown to it: nothing is told of the session, it never leads, and whatever is typed on it is refused (`input-refused`). Closed with `noTerminal` when it is over. `no-broadcast`, also for a learner of another class.',
    },
  ],
  work: [
    {
      method: 'GET',
      path: '/api/classes/:class/learners/:person/work',
      for: STAFF,
      answers: learnerWorkSchema,
      says: `The newest ${MOST_COMMANDS} commands that they typed, and the newest ${MOST_ATTEMPTS} verdicts on what they tried. \`no-class\`, \`no-person\`.`,
    },
  ],
  attempt: [
    {
      method: 'GET',
      path: '/api/classes/:class/learners/:person/attempts/:attempt',
      for: STAFF,
      answers: evidenceSchema,
      says: 'What one of these verdicts rests on, without passwords. `no-attempt`.',
    },
  ],
  dismissHelp: [
    { method: 'POST', path: '/api/help/:help/dismiss', for: LEARNERS, answers: z.null(), says: "Of one's own." },
  ],
  lowerHand: [{ method: 'POST', path: '/api/hand/lower', for: LEARNERS, answers: z.null(), says: "One's own." }],
  takeHand: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/hand/take',
      for: STAFF,
      answers: z.null(),
      says: 'Tells the learner who comes. `no-class`, and `no-hand` where it is down.',
    },
  ],
  closeHand: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/hand/close',
      for: STAFF,
      answers: z.null(),
      says: 'Takes it down. `no-class`, and `no-hand` where it is down.',
    },
  ],
  me: [
    {
      method: 'GET',
      path: '/api/me',
      for: 'anyone',
      answers: hereSchema,
      says: 'Who asks.',
    },
  ],
  join: [
    {
      method: 'POST',
      path: '/api/join',
      for: 'anyone',
      takes: joinSchema,
      answers: meSchema,
      says: 'A learner comes into a class. `wrong-code`, `name-taken`, `class-full`, and `too-many-tries` after many wrong codes or joins.',
    },
  ],
  back: [
    {
      method: 'POST',
      path: '/api/back',
      for: 'anyone',
      takes: linkTokenSchema,
      answers: meSchema,
      says: 'A learner comes back by the return link. `bad-link` where it is not valid.',
    },
  ],
  signInByLink: [
    {
      method: 'POST',
      path: '/api/sign-in/link',
      for: 'anyone',
      takes: linkTokenSchema,
      answers: meSchema,
      says: 'A teacher or assistant comes by a link, which works once. `bad-link` where it does not.',
    },
  ],
  signIn: [
    {
      method: 'POST',
      path: '/api/sign-in',
      for: 'anyone',
      takes: signInSchema,
      answers: meSchema,
      says: '`wrong-password`, and `too-many-tries` after several.',
    },
  ],
  password: [
    {
      method: 'POST',
      path: '/api/me/password',
      for: STAFF,
      takes: newPasswordSchema,
      answers: meSchema,
      says: 'Sets name and password, and signs out on all other devices. `name-taken`.',
    },
  ],
  leave: [
    { method: 'POST', path: '/api/me/leave', for: LEARNERS, answers: z.null(), says: 'Signs out on this device.' },
  ],
  staff: [
    { method: 'GET', path: '/api/staff', for: STAFF, answers: z.array(staffSchema), says: 'Teachers and assistants.' },
    {
      method: 'POST',
      path: '/api/staff',
      for: TEACHERS,
      takes: invitationSchema,
      answers: invitedSchema,
      says: 'One more, who comes by the link of the answer. `name-taken`.',
    },
  ],
  removeStaff: [
    {
      method: 'POST',
      path: '/api/staff/:person/remove',
      for: TEACHERS,
      answers: z.array(staffSchema),
      says: 'Signs out and forgets. `no-person`, and `yourself` where one would remove oneself.',
    },
  ],
  classes: [
    { method: 'GET', path: '/api/classes', for: STAFF, answers: z.array(classSchema), says: 'The newest first.' },
    {
      method: 'POST',
      path: '/api/classes',
      for: TEACHERS,
      takes: newClassSchema,
      answers: classSchema,
      says: 'A new class, which is not open yet.',
    },
  ],
  class: [
    {
      method: 'GET',
      path: '/api/classes/:class',
      for: STAFF,
      answers: classSchema,
      says: '`no-class` where there is none.',
    },
    {
      method: 'POST',
      path: '/api/classes/:class',
      for: TEACHERS,
      takes: classChangeSchema,
      answers: classSchema,
      says: 'Changes what is said of it, and leaves the rest.',
    },
  ],
  learners: [
    {
      method: 'GET',
      path: '/api/classes/:class/learners',
      for: STAFF,
      answers: z.array(classLearnerSchema),
      says: 'All of the class, those who are on its list only, too.',
    },
    {
      method: 'POST',
      path: '/api/classes/:class/learners',
      for: TEACHERS,
      takes: nameListSchema,
      answers: listedSchema,
      says: 'Puts names on the list, each with a return link. `too-many-learners`.',
    },
  ],
  learner: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person',
      for: TEACHERS,
      takes: learnerChangeSchema,
      answers: classLearnerSchema,
      says: 'Another name. `no-person`, `name-taken`.',
    },
  ],
  returnLink: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/link',
      for: TEACHERS,
      answers: returnLinkSchema,
      says: 'A new return link for one who has lost theirs: it signs them out everywhere, and the one of before is void.',
    },
  ],
  removeLearner: [
    {
      method: 'POST',
      path: '/api/classes/:class/learners/:person/remove',
      for: TEACHERS,
      answers: z.array(classLearnerSchema),
      says: 'Signs out, gives their computer back and erases all that they did. Answers with those who stay.',
    },
  ],
  dryRun: [
    {
      method: 'POST',
      path: '/api/classes/:class/dry-run',
      for: STAFF,
      answers: meSchema,
      says: 'From now on whoever asks has the lessons of the class as its learners have them, in a run of its own; one of before ends. `no-class`.',
    },
  ],
  rehearsal: [
    {
      method: 'GET',
      path: '/api/classes/:class/rehearsal',
      for: TEACHERS,
      answers: rehearsalViewSchema,
      says: 'How the newest rehearsal of the class stands, or went.',
    },
    {
      method: 'POST',
      path: '/api/classes/:class/rehearsal',
      for: TEACHERS,
      takes: rehearsalAskSchema,
      answers: rehearsalViewSchema,
      says: 'Begins one: as many headless learners, each with a computer, type the solutions of a lesson. `no-class`, `rehearsing` while one is on, `too-many-learners` beyond the most, `nothing-to-rehearse` where the lesson has no steps, and `learners-at-work`.',
    },
  ],
  stopRehearsal: [
    {
      method: 'POST',
      path: '/api/classes/:class/rehearsal/stop',
      for: TEACHERS,
      answers: rehearsalViewSchema,
      says: 'Its computers go. Where none is on nothing changes.',
    },
  ],
  endDryRun: [
    {
      method: 'POST',
      path: '/api/dry-run/end',
      for: STAFF,
      answers: meSchema,
      says: 'Erases all that was done in it with its computer, and brings back what one had tried before.',
    },
  ],
  webhook: [
    {
      method: 'GET',
      path: '/api/classes/:class/webhook',
      for: STAFF,
      answers: webhookSchema,
      says: 'How the completions of the class are told elsewhere. `no-class`.',
    },
  ],
  webhookAgain: [
    {
      method: 'POST',
      path: '/api/classes/:class/webhook/again',
      for: TEACHERS,
      answers: webhookSchema,
      says: 'Those that wait or were given up are sent now. `no-class`.',
    },
  ],
  privacy: [
    {
      method: 'GET',
      path: '/api/privacy',
      for: 'anyone',
      answers: privacySchema,
      says: 'For how long something is kept.',
    },
  ],
  export: [
    {
      method: 'GET',
      path: '/api/me/export',
      for: LEARNERS,
      answers: 'application/json, as an attachment: by table of the database, every row about this learner',
      says: 'All that is kept of whoever asks, but for hashes of what lets them in.',
    },
  ],
  erase: [
    {
      method: 'POST',
      path: '/api/me/erase',
      for: LEARNERS,
      answers: z.null(),
      says: 'Erases a learner with all that they did, and gives the computer back. Of a teacher only what they tried as a learner.',
    },
  ],
  record: [
    {
      method: 'GET',
      path: '/api/record',
      for: LEARNERS,
      answers: ownRecordSchema,
      says: 'What is kept of what this learner did, lesson by lesson.',
    },
  ],
  classReport: [
    {
      method: 'GET',
      path: '/api/classes/:class/report',
      for: STAFF,
      answers: classReportSchema,
      says: 'The same of all learners of a class, of its lessons.',
    },
  ],
  classOverview: [
    {
      method: 'GET',
      path: '/api/classes/:class/overview',
      for: STAFF,
      answers: sharedOverviewSchema,
      says: 'How far the class is, with nobody’s name in it, and the link by which others see it.',
    },
  ],
  overview: [
    {
      method: 'POST',
      path: '/api/overview',
      for: 'anyone',
      takes: linkTokenSchema,
      answers: classOverviewSchema,
      says: 'What whoever has the link may know of a class. `bad-link`.',
    },
  ],
  reportCsv: [
    {
      method: 'GET',
      path: '/api/classes/:class/report.csv',
      for: STAFF,
      answers: 'text/csv, as an attachment: a row for each learner and lesson',
      says: 'Its columns are told in docs/operating.md.',
    },
  ],
  reportLines: [
    {
      method: 'GET',
      path: '/api/classes/:class/report.jsonl',
      for: STAFF,
      answers: 'application/jsonl, as an attachment: an object for each learner and lesson',
      says: 'The same columns, and each step.',
    },
  ],
  certificates: [
    {
      method: 'POST',
      path: '/api/certificates',
      for: LEARNERS_ONLY,
      answers: certificateSchema,
      says: 'Made where every step of the class’s lessons was passed, or the one that was made of the same before. `not-done`.',
    },
  ],
  certificate: [
    {
      method: 'GET',
      path: '/api/certificates/:certificate',
      for: 'anyone',
      answers: certificateSchema,
      says: 'What somebody who has its id may know. `no-certificate`.',
    },
  ],
};
