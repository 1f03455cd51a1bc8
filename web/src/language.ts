// Which language the page speaks: the one in the address, the remembered one, or what the browser asks for.

const STORAGE_KEY = 'slipway.language';

/** The first wanted language that is there, by its full name (`pt-BR`) or by the language alone (`pt`); English else. */
export function languageFor(wanted: readonly (string | null)[], there: readonly string[]): string {
  for (const name of wanted) {
    const [language = ''] = name?.split('-') ?? [];
    const found = there.find((one) => one === name) ?? there.find((one) => one === language);
    if (found) return found;
  }
  return 'en';
}

/** What stands in the address as `?lang=de` is remembered, as far as the browser lets us. */
export function chosenLanguage(there: readonly string[]): string {
  // Tests have no address bar.
  if (!('location' in globalThis)) return 'en';
  const asked = new URLSearchParams(location.search).get('lang');
  return languageFor([asked, remembered(asked && languageFor([asked], there)), ...navigator.languages], there);
}

function remembered(anew: string | null): string | null {
  try {
    if (anew) localStorage.setItem(STORAGE_KEY, anew);
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
