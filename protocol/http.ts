// The routes under /api; `endpoints.ts` says of each what it takes and answers, docs/protocol.md tells it.

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
  done: (lesson: string) => `/api/lessons/${lesson}/done`,
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
