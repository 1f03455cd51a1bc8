// A command that can show digests, and what a step wants of it.

import type { Manifest } from '../../registry/types.ts';
import type { Pipeline } from '../command-line.ts';
import type { CurlRequest } from '../curl-request.ts';
import type { ParsedRecord } from './commands.ts';

export interface Showing extends ParsedRecord {
  requests: CurlRequest[];
  /** Of all the line. */
  programs: string[];
  /** The pipeline that computes a hash. */
  hashing: Pipeline | null;
  /** Whether a digest in it counts, and doesn't only help to tell a mistake. */
  counts: boolean;
}

export interface Wanted {
  registry: string;
  repository: string;
  tag: string;
  manifest: Manifest;
  of: 'manifest' | 'config' | 'layer';
  by: 'sha256sum' | 'request' | undefined;
  /** A sentence. */
  asks: string;
}
