// Takes passwords out of command lines, addresses and files, before a text is kept or shown to somebody else.

const WORD = String.raw`(?:'[^']*'|"[^"]*"|[^\s'"|;&<>]+)`;

/** Each leaves what stands before the secret, its first group. */
const places: readonly RegExp[] = [
  /("(?:auth|password|identitytoken|registrytoken|secret)"\s*:\s*")[^"]*/gi,
  new RegExp(String.raw`(\blogin\b(?:\\\n|[^\n|;&])*?\s-p[ =]?)${WORD}`, 'g'),
  new RegExp(String.raw`((?:^|\s)--password[ =])${WORD}`, 'g'),
  new RegExp(String.raw`(\b\w*(?:PASSWORD|SECRET|TOKEN)\w*=)${WORD}`, 'g'),
  // What is piped into `--password-stdin`, and what htpasswd hashes: each the last word.
  new RegExp(String.raw`(\b(?:echo|printf)\s+(?:${WORD}\s+)*?)${WORD}(?=\s*\|[^\n]*--password-stdin)`, 'g'),
  new RegExp(String.raw`(\bhtpasswd\s+-\w*b\w*(?:\s+${WORD})+\s+)${WORD}(?=\s*(?:$|[<>|;&\n]))`, 'g'),
  /((?:^|\s)(?:-u|--user)[ =]?['"]?[\w.-]+:)[^\s'"]+/g,
  /(https?:\/\/[\w.-]+:)[^@\s/]+(?=@)/g,
  /(Authorization:\s*\w+\s+)[^\s'"]+/gi,
];

/** Also without password hashes. */
export function withoutSecrets(text: string): string {
  const hashless = text.replace(/^([\w.-]{1,64}:)(\$2[aby]\$|\$apr1\$|\{SHA\}).*$/gm, '$1$2…');
  return places.reduce((rest, place) => rest.replace(place, '$1…'), hashless);
}
