// Chooses the page for the address.

import { useEffect } from 'preact/hooks';
import { ApiProblem, whenStranger } from './api.ts';
import { CertificatePage } from './certificate/certificate-page.tsx';
import { CheatSheetPage } from './cheat-sheet/cheat-sheet-page.tsx';
import { ClassesPage } from './classes/classes-page.tsx';
import { GlossaryPage } from './glossary/glossary-page.tsx';
import { LessonPage } from './lesson/lesson-page.tsx';
import { ListPage } from './list/list-page.tsx';
import { Palette } from './palette/palette.tsx';
import { PageNews } from './parts/page-news.tsx';
import { ProblemPage } from './parts/problem-notice.tsx';
import { BackPage } from './people/back-page.tsx';
import { isStranger } from './people/here.ts';
import { JoinPage } from './people/join-page.tsx';
import { SignInPage } from './people/sign-in-page.tsx';
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
  if (value.page === 'back') return <BackPage />;
  if (value.page === 'sign-in') return <SignInPage />;
  if (value.page === 'join' || isStranger.value) return <JoinPage />;
  if (value.page === 'classes') return <ClassesPage />;
  if (value.page === 'list') return <ListPage />;
  if (value.page === 'glossary') return <GlossaryPage />;
  if (value.page === 'cheat-sheet') return <CheatSheetPage />;
  if (value.page === 'certificate') return <CertificatePage />;
  if (value.page === 'lesson') return <LessonPage key={value.slug} slug={value.slug} />;
  const { message, next } = texts.problems.unknownPage;
  return <ProblemPage problem={new ApiProblem('no-page', message, next, 404)} />;
}
