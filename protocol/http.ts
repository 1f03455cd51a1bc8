// The routes under /api, and which of them may make a session.
//
//   GET  /api/info                               Info
//   GET  /api/lessons                            LessonSummary[]
//   GET  /api/lessons/:lesson                    Lesson
//   GET  /api/session                            Session, or 404 `no-session`
//   POST /api/lessons/:lesson/open               Session; makes session, cookie and sandbox where there is none
//   POST /api/lessons/:lesson/steps/:step/open   Session; the step becomes the current one
//   POST /api/lessons/:lesson/steps/:step/skip   Session
//   POST /api/lessons/:lesson/restart            Session; a fresh sandbox, the lesson from its beginning
//   GET  /ws                                     the WebSocket of socket.ts
//
// POST takes an empty JSON object and needs `content-type: application/json`. Every error is a Problem.

export const routes = {
  info: '/api/info',
  lessons: '/api/lessons',
  lesson: (lesson: string) => `/api/lessons/${lesson}`,
  session: '/api/session',
  open: (lesson: string) => `/api/lessons/${lesson}/open`,
  openStep: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/open`,
  skipStep: (lesson: string, step: string) => `/api/lessons/${lesson}/steps/${step}/skip`,
  restart: (lesson: string) => `/api/lessons/${lesson}/restart`,
  socket: '/ws',
} as const;
