import { expect, test } from 'vitest';
import { type Access, LIFETIME_S, Tokens } from './tokens.ts';

const access: Access[] = [{ type: 'repository', name: 'learner/app', actions: ['pull', 'push'] }];
const tokens = new Tokens(Buffer.from('one door'), () => 1_000_000);

test('a token says what it allows, and has the form of Docker Hub’s', () => {
  const token = tokens.issue('learner', access);
  expect(tokens.accessOf(token)).toEqual(access);
  const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  expect(JSON.parse(header ?? '')).toEqual({ typ: 'JWT', alg: 'HS256' });
  expect(JSON.parse(claims ?? '')).toMatchObject({ aud: 'registry.docker.io', sub: 'learner', access, iat: 1000 });
});

test('a token of another door is worth nothing', () => {
  const other = new Tokens(Buffer.from('another door'), () => 1_000_000);
  expect(other.accessOf(tokens.issue('learner', access))).toBeNull();
});

test('a token ends', () => {
  let nowMs = 0;
  const aging = new Tokens(Buffer.from('key'), () => nowMs);
  const token = aging.issue('', access);
  nowMs = LIFETIME_S * 1000 - 1;
  expect(aging.accessOf(token)).toEqual(access);
  nowMs += 1;
  expect(aging.accessOf(token)).toBeNull();
});

test('a clock that jumps an hour ends tokens at most: the next one is good, and a login stays', () => {
  const hour = 3_600_000;
  for (const jump of [hour, -hour]) {
    let nowMs = 10 * hour;
    const jumping = new Tokens(Buffer.from('key'), () => nowMs);
    const refresh = jumping.issueRefresh('learner');
    const token = jumping.issue('learner', access);
    nowMs += jump;
    expect(jumping.accessOf(token)).toEqual(jump > 0 ? null : access);
    expect(jumping.userOfRefresh(refresh)).toBe('learner');
    expect(jumping.accessOf(jumping.issue('learner', access))).toEqual(access);
  }
});

test('a changed or made-up token is worth nothing', () => {
  const [header, , mac] = tokens.issue('', access).split('.');
  const claims = Buffer.from(JSON.stringify({ aud: 'registry.docker.io', access, exp: 1e12 })).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const token of [`${header}.${claims}.${mac}`, `${none}.${claims}.`, `${claims}.${mac}`, '', '.', '..', 'x'])
    expect(tokens.accessOf(token)).toBeNull();
});

test('a refresh token names its user, and is neither a bearer token nor one a refresh token', () => {
  expect(tokens.userOfRefresh(tokens.issueRefresh('learner'))).toBe('learner');
  expect(tokens.accessOf(tokens.issueRefresh('learner'))).toBeNull();
  expect(tokens.userOfRefresh(tokens.issue('learner', access))).toBeNull();
});
