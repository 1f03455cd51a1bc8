import { expect, test } from 'vitest';
import { standIns } from '../images/stand-ins.ts';
import { COURSE_IMAGES, search } from './search.ts';

const find = (query: string, own: string[] = []) =>
  search(new URLSearchParams(query), { known: COURSE_IMAGES, added: ['team/app'], own });
const names = (query: string, own: string[] = []) => find(query, own).results.map(({ name }) => name);

test('every stand-in can be found', () => {
  const made = new Set(standIns({ architecture: '', nginx: '', busybox: '', registry: '' }).map(({ name }) => name));
  expect([...made].sort()).toEqual([...COURSE_IMAGES].sort());
});

test('an answer has Docker Hub’s form', () => {
  expect(find('q=nginx&n=25')).toEqual({
    num_pages: 1,
    num_results: 1,
    page_size: 25,
    page: 1,
    query: 'nginx',
    results: [
      {
        name: 'nginx',
        description: 'Official build of Nginx.',
        star_count: 20_900,
        is_official: true,
        is_automated: false,
      },
    ],
  });
});

test('names and descriptions are searched, the exact name first, then by stars', () => {
  expect(names('q=image')).toEqual(['alpine', 'registry', 'busybox']);
  expect(names('q=registry')).toEqual(['registry']);
  expect(names('q=NGINX', ['learner/nginx', 'learner/app'])).toEqual(['nginx', 'learner/nginx']);
  expect(names('q=learner/nginx', ['learner/nginx-2', 'learner/nginx'])[0]).toBe('learner/nginx');
  expect(names('q=library/nginx')).toEqual(['nginx']);
});

test('the learner’s own are not official', () => {
  expect(find('q=app', ['learner/app']).results[0]).toMatchObject({ is_official: false, star_count: 0 });
});

test('pages and limits', () => {
  const own = Array.from({ length: 30 }, (_, index) => `learner/app-${index}`);
  expect(find('q=learner', own)).toMatchObject({ num_pages: 2, num_results: 30 });
  expect(names('q=learner', own)).toHaveLength(25);
  expect(names('q=learner&page=2', own)).toHaveLength(5);
  expect(names('q=learner&n=3', own)).toHaveLength(3);
  expect(find('q=learner&n=1000000', own).page_size).toBe(100);
});

test.each(['', 'q=', 'q=%20', 'q=(((', 'q=nosuchimage', `q=${'x'.repeat(4000)}`])('%j finds nothing', (query) => {
  expect(find(query).results).toEqual([]);
});

test.each(['n=-1', 'n=abc', 'n=1.5', 'page=0', 'page=NaN'])('%s is as if it were not there', (query) => {
  expect(names(`q=nginx&${query}`)).toEqual(['nginx']);
});

test('an added image is found, and is not called official', () => {
  expect(find('q=team').results).toMatchObject([{ name: 'team/app', is_official: false }]);
});
