// Chooses the page for the address.

import { useEffect } from 'preact/hooks';
import { ApiProblem, whenStranger } from './api.ts';
import { CertificatePage } from './certificate/certificate-page.tsx';
import { CheatSheetPage } from './cheat-sheet/cheat-sheet-page.tsx';
import { GlossaryPage } from './glossary/glossary-page.tsx';
import { LessonPage } from './lesson/lesson-page.tsx';
import { ListPage } from './list/list-page.tsx';
import { Palette } from './palette/palette.tsx';
import { PageNews } from './parts/page-news.tsx';
import { ProblemPage } from './parts/problem-notice.tsx';
import { isStranger } from './people/here.ts';
import { RoomPage } from './people/room-page.tsx';
import { followLinks, route } from './router.ts';
import { texts } from './texts.ts';

export function App() {
  useEffect(followLinks, []);
  useEffect(() => {
    whenStranger(() => {
      isStranger.value = true;
    });
  }, []);
  return (
    <>
      <Page />
      <PageNews />
      <Palette />
    </>
  );
}

function Page() {
  const { value } = route;
  if (value.page === 'back') return <RoomPage key="back" name="back" />;
  if (value.page === 'sign-in') return <RoomPage key="sign-in" name="sign-in" />;
  if (value.page === 'privacy') return <RoomPage key="privacy" name="privacy" />;
  if (value.page === 'verify') return <RoomPage key="verify" name="verify" />;
  if (value.page === 'overview') return <RoomPage key="overview" name="overview" />;
  if (value.page === 'join' || isStranger.value) return <RoomPage key="join" name="join" />;
  if (value.page === 'classes') return <RoomPage key="classes" name="classes" />;
  if (value.page === 'class') return <RoomPage key={`class-${value.id}`} name="class" />;
  if (value.page === 'record') return <RoomPage key="record" name="record" />;
  if (value.page === 'wall') return <RoomPage key={`wall-${value.class}`} name="wall" />;
  if (value.page === 'handout') return <RoomPage key={`handout-${value.class}`} name="handout" />;
  if (value.page === 'list') return <ListPage />;
  if (value.page === 'glossary') return <GlossaryPage />;
  if (value.page === 'cheat-sheet') return <CheatSheetPage />;
  if (value.page === 'certificate') return <CertificatePage />;
  if (value.page === 'lesson') return <LessonPage key={value.slug} slug={value.slug} />;
  const { message, next } = texts.problems.unknownPage;
  return <ProblemPage problem={new ApiProblem('no-page', message, next, 404)} />;
}
