// Which language the page speaks: the one in the address, the remembered one, or what the browser asks for.

const STORAGE_KEY = 'slipway.language';

/** The first wanted language that is there, by its full name (`pt-BR`) or by the language alone (`pt`); English else. */
export function languageFor(wanted: readonly string[], there: readonly string[]): string {
  for (const name of wanted) {
    const [language = ''] = name.split('-');
    const found = there.find((one) => one === name) ?? there.find((one) => one === language);
    if (found) return found;
  }
  return 'en';
}

/** Those that somebody wants, the best first: what stood in the address as `?lang=de`, now or before, then the browser's. */
export const wantedLanguages: readonly string[] = wanted();

/** Which of them the page speaks. */
export const chosenLanguage = (there: readonly string[]): string => languageFor(wantedLanguages, there);

function wanted(): string[] {
  // Tests have no address bar.
  if (!('location' in globalThis)) return ['en'];
  const asked = new URLSearchParams(location.search).get('lang');
  const own = asked !== null && isTag(asked) ? asked : remembered();
  if (own === null) return [...navigator.languages];
  remember(own);
  return [own, ...navigator.languages];
}

function isTag(text: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text);
}

function remembered(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function remember(language: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // It holds until the page is loaded again.
  }
}
