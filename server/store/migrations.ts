// The schema, as numbered steps. A step that has been released is never edited; the next one follows it.

export const migrations: readonly string[] = [
  `
  CREATE TABLE sandboxes (
    id TEXT PRIMARY KEY,
    slot INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    -- how far the shell's output has been read for commands, in the numbering of this terminal
    terminal TEXT,
    terminal_byte INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE sessions (
    -- SHA-256 of the cookie: who reads this file cannot become a learner
    id TEXT PRIMARY KEY,
    created_ms INTEGER NOT NULL,
    lesson TEXT,
    sandbox TEXT UNIQUE REFERENCES sandboxes (id) ON DELETE SET NULL
  ) STRICT;
  CREATE TABLE lesson_runs (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    current TEXT,
    -- whether the sandbox has this lesson's set-up
    ready INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (session, lesson)
  ) STRICT;
  CREATE TABLE marks (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('passed', 'skipped')),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, lesson, step)
  ) STRICT;
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'command', 'image')),
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_session ON journal (session, seq);
  `,
  `
  -- a CHECK cannot be altered: the table is written anew
  CREATE TABLE journal_with_latches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'command', 'image', 'latch')),
    body TEXT NOT NULL
  ) STRICT;
  INSERT INTO journal_with_latches SELECT seq, session, kind, body FROM journal;
  DROP TABLE journal;
  ALTER TABLE journal_with_latches RENAME TO journal;
  CREATE INDEX journal_session ON journal (session, seq);
  CREATE TABLE checked_steps (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, lesson, step)
  ) STRICT;
  CREATE TABLE shown_steps (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, lesson, step)
  ) STRICT;
  -- those that were answered right
  CREATE TABLE quiz_answers (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    quiz INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, lesson, step, quiz)
  ) STRICT;
  CREATE TABLE hints (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    hint INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    UNIQUE (session, lesson, step, hint)
  ) STRICT;
  CREATE TABLE evaluations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'error')),
    evidence TEXT NOT NULL
  ) STRICT;
  CREATE INDEX evaluations_step ON evaluations (session, lesson, step, seq);
  -- for whoever runs Slipway: a report stays when its learner has gone
  CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    note TEXT NOT NULL,
    evidence TEXT
  ) STRICT;
  CREATE INDEX reports_session ON reports (session);
  `,
  `
  -- how long the computer has been kept, counted while a server runs
  ALTER TABLE sessions ADD COLUMN used_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN idle_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN extensions INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN ended TEXT CHECK (ended IN ('idle', 'total'));
  -- the shell's history of a computer that was put away
  ALTER TABLE sessions ADD COLUMN history TEXT;
  `,
  `
  -- whether a learner ever had it: nobody else gets it then. Of before nothing is known, so none of those is given out
  ALTER TABLE sandboxes ADD COLUMN used INTEGER NOT NULL DEFAULT 1;
  -- since when it is to be removed, and what stood in the way the last time
  ALTER TABLE sandboxes ADD COLUMN leaving_ms INTEGER;
  ALTER TABLE sandboxes ADD COLUMN trouble TEXT;
  `,
  `
  -- those that were opened beside a sandbox's first one, each read as far as sandboxes.terminal_byte says of that
  CREATE TABLE terminals (
    sandbox TEXT NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    terminal TEXT,
    terminal_byte INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sandbox, number)
  ) STRICT;
  `,
  `
  -- a class is joined by its code while it is open
  CREATE TABLE classes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'archived')),
    code TEXT NOT NULL UNIQUE,
    -- slugs, in the order in which they are taught
    lessons TEXT NOT NULL,
    created_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('learner', 'assistant', 'teacher')),
    name TEXT NOT NULL,
    class INTEGER REFERENCES classes (id) ON DELETE CASCADE,
    session TEXT UNIQUE REFERENCES sessions (id) ON DELETE SET NULL,
    -- scrypt, with its parameters; null where there is none
    password TEXT,
    -- counted up, all return links of before are void
    links INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    -- null until they came for the first time: a name of a list
    came_ms INTEGER
  ) STRICT;
  CREATE INDEX people_class ON people (class);
  CREATE TABLE logins (
    -- SHA-256 of the cookie
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    -- since when another one has taken its place
    replaced_ms INTEGER
  ) STRICT;
  CREATE INDEX logins_person ON logins (person);
  CREATE TABLE sign_in_links (
    -- SHA-256 of the token
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER
  ) STRICT;
  `,
  `
  -- when a step was begun, or was come back to; null until it has a mark; failed tries
  CREATE TABLE step_times (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    begun_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (session, lesson, step)
  ) STRICT;
  `,
  `
  ALTER TABLE classes ADD COLUMN pace TEXT NOT NULL DEFAULT 'free' CHECK (pace IN ('free', 'teacher'));
  -- slugs of the lessons that the teacher has opened
  ALTER TABLE classes ADD COLUMN opened TEXT NOT NULL DEFAULT '[]';
  -- when they were here last; null for a name of a list
  ALTER TABLE people ADD COLUMN seen_ms INTEGER;
  UPDATE people SET seen_ms = came_ms;
  `,
  `
  -- each answer to a quiz, right or wrong, in the order in which they were given
  CREATE TABLE quiz_tries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    quiz INTEGER NOT NULL,
    answer TEXT NOT NULL,
    is_right INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX quiz_tries_session ON quiz_tries (session, lesson);
  CREATE TABLE certificates (
    -- what whoever verifies it types
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- titles of the lessons that were done
    lessons TEXT NOT NULL,
    made_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX certificates_person ON certificates (person);
  `,
  `
  CREATE TABLE hands (
    person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    raised_ms INTEGER NOT NULL,
    -- a name, which is no secret
    taken_by TEXT,
    taken_ms INTEGER
  ) STRICT;
  `,
  `
  -- those that a learner typed, for whoever teaches them
  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    line TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX commands_session ON commands (session, seq);
  `,
  `
  -- lessons and classes that a learner has completed, for a webhook; those that were told stay, so that none is told twice
  CREATE TABLE completions (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    class INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    -- empty for all of the class
    lesson TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    made_ms INTEGER NOT NULL,
    due_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    -- why the newest try failed, and when
    trouble TEXT,
    tried_ms INTEGER,
    UNIQUE (person, class, lesson)
  ) STRICT;
  CREATE INDEX completions_due ON completions (due_ms) WHERE state = 'waiting';
  CREATE INDEX completions_class ON completions (class);
  `,
  `
  -- the name of whoever paused it; null while it goes on
  ALTER TABLE classes ADD COLUMN paused_by TEXT;
  `,
  `
  -- the class that a teacher tries as a learner does; what they had tried of their own until then
  ALTER TABLE people ADD COLUMN dry_run INTEGER REFERENCES classes (id) ON DELETE SET NULL;
  ALTER TABLE people ADD COLUMN set_aside TEXT REFERENCES sessions (id) ON DELETE SET NULL;
  `,
  `
  -- what the newest rehearsal showed; figures, and nobody's work
  ALTER TABLE classes ADD COLUMN rehearsal TEXT;
  `,
];
