// Judges a typed digest: the right one, or which other one of the same image it is.

/** A tag in a registry, and whose digest is asked for. */
export interface DigestQuestion {
  registry: string;
  repository: string;
  tag: string;
  of: 'manifest' | 'config';
}

/** Digests of one tag, `sha256:…`. */
export interface KnownDigests {
  manifest: string;
  config: string | null;
  /** Of the manifest as the registry converts it for a request without an Accept header. */
  schema1?: string | null;
  /** The image's ID in the engine, where it has the image. */
  imageId?: string | null;
}

/** Null where the registry has no such tag. */
export type AskDigests = (of: Pick<DigestQuestion, 'registry' | 'repository' | 'tag'>) => Promise<KnownDigests | null>;

const HEX = /[0-9a-f]{7,}/;
const FULL = /sha256:[0-9a-f]{64}(?![0-9a-f])/;

/** `right`, what is wrong (Markdown), or null where nothing is known of this answer. */
export function judgeDigest(answer: string, question: DigestQuestion, known: KnownDigests | null): string | null {
  const name = `\`${question.repository}:${question.tag}\``;
  if (!known)
    return `Your registry doesn't have ${name} any more, so there is no digest to compare with. Push it again.`;
  const text = answer.toLowerCase();
  const wanted = known[question.of];
  const whole = FULL.exec(text)?.[0];
  if (whole !== undefined && whole === wanted) return 'right';
  const digits = whole?.slice('sha256:'.length) ?? HEX.exec(text)?.[0];
  if (digits === undefined) return null;
  const whose = (digest: string | null | undefined) => digest?.slice('sha256:'.length).startsWith(digits) ?? false;
  if (whose(wanted)) {
    return digits.length < 64
      ? 'The beginning is right, but a digest is used whole: `sha256:` and all 64 digits.'
      : 'The digits are right. A digest also says how it was computed: put `sha256:` in front.';
  }
  const kind = question.of === 'manifest' ? "the manifest's" : "the config's";
  if (question.of === 'manifest' && (whose(known.config) || whose(known.imageId)))
    return `That is the image ID: the digest of the config, not of the manifest. This asks for ${kind}, which the registry sends as \`Docker-Content-Digest\`.`;
  if (question.of === 'config' && whose(known.manifest))
    return `That is the digest of the manifest. This asks for ${kind}, which stands inside the manifest, at \`.config.digest\`.`;
  if (whose(known.schema1))
    return 'That is the digest of the old format, schema 1: a request without an Accept header gets other bytes, and so another digest. Send the Accept header.';
  if (whole === undefined && digits.length !== 64)
    return 'A digest is `sha256:` and 64 hexadecimal digits, all of them.';
  return `No digest of ${name} in your registry is this one. Copy it once more, from the registry's answer about ${name}.`;
}
