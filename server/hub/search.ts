// `docker search`: `/v1/search` as index.docker.io answers it, over what can be pulled here.

import { OWN_NAMESPACE } from './account.ts';

/** The course's images, with Docker Hub's own short descriptions and about its stars. */
const KNOWN: Record<string, { description: string; stars: number }> = {
  alpine: {
    description: 'A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!',
    stars: 11_500,
  },
  busybox: { description: 'Busybox base image.', stars: 3_400 },
  'hello-world': { description: 'Hello World! (an example of minimal Dockerization)', stars: 2_400 },
  nginx: { description: 'Official build of Nginx.', stars: 20_900 },
  registry: {
    description: 'Distribution implementation for storing and distributing of container images and artifacts',
    stars: 4_100,
  },
};

export const COURSE_IMAGES = Object.keys(KNOWN);
const MAX_RESULTS = 100;

export interface SearchAnswer {
  num_pages: number;
  num_results: number;
  page_size: number;
  page: number;
  query: string;
  results: SearchResult[];
}

interface SearchResult {
  name: string;
  description: string;
  star_count: number;
  is_official: boolean;
  is_automated: boolean;
}

export interface Searched {
  /** What the hub has of Docker Hub's. */
  known: readonly string[];
  /** What whoever runs this server added. */
  added: readonly string[];
  /** The learner's. */
  own: readonly string[];
}

/** Finds `q` in names and descriptions; `n` results at most, from page `page`. Takes any query. */
export function search(query: URLSearchParams, { known, added, own }: Searched): SearchAnswer {
  const q = query.get('q') ?? '';
  const wanted = q
    .trim()
    .toLowerCase()
    .replace(/^library\//, '');
  const size = bounded(query.get('n') ?? query.get('page_size'), 25, MAX_RESULTS);
  const page = bounded(query.get('page'), 1, 1000);
  const found = [...added.map(addedResult), ...known.map(knownResult), ...own.map(ownResult)]
    .filter(({ name, description }) => wanted !== '' && `${name}\n${description}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.name === wanted) - Number(a.name === wanted) || b.star_count - a.star_count);
  return {
    num_pages: Math.ceil(found.length / size),
    num_results: found.length,
    page_size: size,
    page,
    query: q,
    results: found.slice((page - 1) * size, page * size),
  };
}

function addedResult(name: string): SearchResult {
  const description = 'Added by whoever runs this practice Docker Hub';
  return { name, description, star_count: 0, is_official: false, is_automated: false };
}

function knownResult(repository: string): SearchResult {
  const name = repository.replace(/^library\//, '');
  const { description = '', stars = 0 } = KNOWN[name] ?? {};
  return { name, description, star_count: stars, is_official: !name.includes('/'), is_automated: false };
}

function ownResult(repository: string): SearchResult {
  const description = `${repository.slice(OWN_NAMESPACE.length)}, pushed from this practice computer`;
  return { name: repository, description, star_count: 0, is_official: false, is_automated: false };
}

function bounded(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, max) : fallback;
}
