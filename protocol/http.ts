// The routes under /api, and which of them may make a session.
//
//   GET  /api/info                               Info
//   GET  /api/lessons                            LessonSummary[]
//   GET  /api/lessons/:lesson                    Lesson
//   GET  /api/session                            Session, or null where none was begun
//   POST /api/session/extend                     Session; the computer is kept longer, or 409 `no-more-time`
//   POST /api/lessons/:lesson/open               Session; makes session and cookie, and a sandbox or a place in line, where there is none
//   POST /api/lessons/:lesson/steps/:step/open   Session; the step becomes the current one
//   POST /api/lessons/:lesson/steps/:step/skip   Session
//   POST /api/lessons/:lesson/restart            Session; a fresh sandbox, the lesson from its beginning
//   POST /api/lessons/:lesson/setup              Session; tries a failed set-up again
//   POST …/steps/:step/quizzes/:quiz             QuizResult; the body is `{answer}`
//   POST …/steps/:step/hint                      Session; takes the next hint that fits the state, if there is one
//   POST …/steps/:step/show                      Session; types the solution into the terminal
//   GET  …/steps/:step/evidence                  Evidence of the step's newest verdict, or 404 `no-evidence`
//   POST …/steps/:step/report                    Session; 'this check is wrong', the body is `{note?}`
//   GET  …/steps/:step/values                    Record<placeholder, the learner's own value>
//   GET  /api/map/raw?key=                      RawAnswer: the real answer behind a thing of the map, or 404 `not-on-map`
//   GET  /api/glossary                           Term[]
//   GET  /api/file?path=                        the bytes of a file on the learner's computer, as an attachment
//   POST /api/file?path=                        204; the body is the new file, as application/octet-stream
//   POST /api/terminals                          Opened; one more terminal, or 409 `too-many-terminals`
//   POST /api/terminals/:terminal/close          Session; what runs on it is hung up
//   GET  /ws?terminal=                           the WebSocket of socket.ts; 0 where nothing is said
//
// POST takes a JSON object, empty where nothing else is said (but for a file), and needs `content-type: application/json`. Every error is a Problem.

/** The largest file that goes either way. */
export const MAX_FILE_BYTES = 1024 * 1024;

export const routes = {
  info: '/api/info',
  lessons: '/api/lessons',
  lesson: (lesson: string) => `/api/lessons/${lesson}`,
  session: '/api/session',
  extend: '/api/session/extend',
  open: (lesson: string) => `/api/lessons/${lesson}/open`,
  openStep: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/open`,
  skipStep: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/skip`,
  restart: (lesson: string) => `/api/lessons/${lesson}/restart`,
  setup: (lesson: string) => `/api/lessons/${lesson}/setup`,
  quiz: (lesson: string, step: string, quiz: number) => `/api/lessons/${lesson}/steps/${step}/quizzes/${quiz}`,
  hint: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/hint`,
  show: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/show`,
  evidence: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/evidence`,
  report: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/report`,
  values: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/values`,
  mapRaw: (key: string) => `/api/map/raw?key=${encodeURIComponent(key)}`,
  glossary: '/api/glossary',
  file: (path: string) => `/api/file?path=${encodeURIComponent(path)}`,
  terminals: '/api/terminals',
  closeTerminal: (terminal: number) => `/api/terminals/${terminal}/close`,
  socket: '/ws',
} as const;
