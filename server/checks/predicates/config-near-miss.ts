// Why a request didn't show the config of an image.

import type { Manifest } from '../../registry/types.ts';
import { code } from '../quoted.ts';
import { intoFile } from './answer-near-miss.ts';
import { type AskedBlob, blobAddressProblem, blobOf } from './blob-near-miss.ts';
import { curlRequests, type ParsedRecord } from './commands.ts';
import { endProblem } from './end-near-miss.ts';
import { jqProblem } from './jq-near-miss.ts';

const WHERE = "The config's digest stands inside the manifest, under `config`.";

/** Null where nothing can be said but what the step asks for. */
export function configProblem(parsed: ParsedRecord, asked: AskedBlob & { manifest: Manifest }): string | null {
  const { output } = parsed.record;
  // Commands in `$(…)` come before the one that they stand in.
  const seen = curlRequests(parsed).at(-1);
  const address = seen && blobAddressProblem(seen, asked, output);
  if (!seen || address) return address ?? null;
  if (!/\/blobs\//.test(seen.url)) return null;
  const { manifest } = asked;
  const digest = blobOf(seen, output);
  if (digest === manifest.digest) return `That is the manifest's own digest, and no blob has it. ${WHERE}`;
  if (digest !== null && manifest.layerDigests.includes(digest))
    return `That is a layer's digest, and a layer is no text to read. ${WHERE}`;
  if (digest !== null && digest !== manifest.configDigest)
    return `${code(digest)} isn't the digest of this image's config. ${WHERE}`;
  if (seen.headOnly) return '`-I` fetches the headers only, and this step asks for the config itself. Leave it out.';
  const end = jqProblem(parsed, '.config.ExposedPorts') ?? intoFile(seen, parsed);
  if (end) return end;
  if (digest === null) return null;
  return (
    endProblem(parsed, seen.url) ??
    "That is the right config, but what this step looks for isn't on the screen. Let `jq .` show all of it."
  );
}
