// A room: a teacher comes by the printed link and opens a class; a learner joins, and is the same one on another device.

import { test as base, expect, type Page } from '@playwright/test';
import { TestServer } from '../support/server.ts';
import { breaksNoRule, speaksCatalogueOnly } from './inspect.ts';
import { Terminal } from './slipway.ts';
import { foreignRoomTexts, foreignTexts } from './words.ts';

const PSEUDO = '?lang=en-XA';

base('a teacher opens a class, a learner joins it and comes back from elsewhere', async ({ browser }) => {
  base.setTimeout(420_000);
  const [texts, roomTexts] = await Promise.all([foreignTexts(), foreignRoomTexts()]);
  await using server = await TestServer.start({ args: ['--classroom', '--host', '127.0.0.1'] });
  const newPage = async () => (await browser.newContext()).newPage();
  const looked = async (page: Page, state: string) => {
    await speaksCatalogueOnly(page, state);
    await breaksNoRule(page, state);
  };

  const teacher = await newPage();
  const token = /sign-in#(\S+)/.exec(server.said)?.[1];
  await teacher.goto(`${server.url}/sign-in${PSEUDO}#${token}`);
  await expect(teacher.getByRole('heading', { name: roomTexts.newPassword.heading })).toBeVisible();
  expect(teacher.url()).not.toContain(token);
  await teacher.getByLabel(roomTexts.signIn.name).fill('Ms Okafor');
  await teacher.getByLabel(roomTexts.signIn.password).fill('correct horse battery');
  await looked(teacher, 'a new password');
  await teacher.getByRole('button', { name: roomTexts.newPassword.button }).click();
  await teacher.getByLabel(roomTexts.classes.name).fill('<b>Monday</b>');
  await teacher.getByRole('button', { name: roomTexts.classes.create }).click();
  await teacher.getByRole('button', { name: roomTexts.classes.to.open }).click();
  const code = (await teacher.locator('.class-code').textContent()) ?? '';
  await expect(teacher.getByRole('heading', { name: '<b>Monday</b>' })).toBeVisible();
  await looked(teacher, 'the classes');
  await teacher.getByRole('link', { name: '<b>Monday</b>' }).click();
  await teacher.getByLabel(roomTexts.list.names).fill('Bea\n<i>Cem</i>, c@example.org\n');
  await teacher.getByRole('button', { name: roomTexts.list.add }).click();
  await expect(teacher.locator('.handed-links dd')).toHaveCount(2);
  await teacher.getByLabel(roomTexts.pace.choices.teacher).check();
  await expect(teacher.getByRole('checkbox').first()).not.toBeChecked();
  await teacher.getByLabel(roomTexts.rehearsal.learners).fill('1');
  await teacher.getByRole('button', { name: roomTexts.rehearsal.begin }).click();
  await teacher.getByRole('button', { name: roomTexts.rehearsal.stop }).click();
  await expect(teacher.getByText(roomTexts.rehearsal.ends.teacher)).toBeVisible({ timeout: 60_000 });
  await looked(teacher, 'a class');

  const ofClass = teacher.url();
  await teacher.getByRole('button', { name: roomTexts.dryRun.begin }).click();
  await teacher.getByRole('button', { name: roomTexts.dryRun.badge }).click();
  await looked(teacher, 'a dry run');
  await teacher.getByRole('button', { name: roomTexts.dryRun.end }).click();
  await expect(teacher.getByRole('button', { name: roomTexts.dryRun.begin })).toBeVisible();
  await expect(teacher.getByRole('button', { name: roomTexts.dryRun.badge, exact: true })).toHaveCount(0);
  await teacher.goto(`${ofClass.split('?')[0]}/handout${PSEUDO}`);
  await expect(teacher.locator('.class-code')).toHaveText(code);
  await looked(teacher, 'a handout');
  const pdf = await teacher.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one sheet').toHaveLength(1);
  await teacher.goto(`${ofClass.split('?')[0]}${PSEUDO}`);
  await teacher.getByRole('button', { name: roomTexts.overview.open }).click();
  await expect(teacher).toHaveURL(/\/overview#/);
  const anybody = await newPage();
  await anybody.goto(`${server.url}/overview${PSEUDO}#${teacher.url().split('#')[1]}`);
  await expect(anybody.getByText(roomTexts.overview.learners.listed)).toBeVisible();
  await looked(anybody, 'an overview');
  await anybody.context().close();
  await teacher.goto(`${ofClass.split('?')[0]}${PSEUDO}`);

  const learner = await newPage();
  await learner.goto(`${server.url}/${PSEUDO}`);
  await expect(learner.getByRole('heading', { name: roomTexts.join.heading })).toBeVisible();
  await learner.getByLabel(roomTexts.join.code).fill('zzzz zzzz');
  await learner.getByLabel(roomTexts.join.name).fill('Anna');
  await learner.keyboard.press('Enter');
  await expect(learner.getByRole('alert')).toHaveAttribute('data-code', 'wrong-code');
  await looked(learner, 'a wrong code');
  await learner.getByLabel(roomTexts.join.code).fill(code.toLowerCase());
  await learner.keyboard.press('Enter');
  await learner.getByRole('button', { name: 'Anna' }).click();
  const link = (await learner.locator('.person-link').textContent()) ?? '';
  await looked(learner, 'who one is');
  await learner.keyboard.press('Escape');
  await expect(learner.getByText(texts.list.notOpenYet).first()).toBeVisible();
  await looked(learner, 'lessons that are not open yet');
  await learner.goto(`${server.url}/lessons/the-round-trip`);
  await expect(learner.getByRole('alert')).toHaveAttribute('data-code', 'not-open-yet');
  await teacher.getByLabel(roomTexts.pace.choices.free).check();
  const terminal = new Terminal(learner);
  await terminal.ready();
  await terminal.run('echo anna-was-he""re');

  const device = await newPage();
  await device.goto(link);
  await expect(device.getByRole('button', { name: 'Anna' })).toBeVisible();
  await device.goto(`${server.url}/lessons/the-round-trip`);
  await new Terminal(device).ready();
  await expect(device.locator('.terminal-view').first()).toContainText('anna-was-here');

  // The wall: what Anna did, her keyboard by her leave, another step, the lesson anew, and a pause.
  await teacher.goto(`${ofClass.split('?')[0]}/wall${PSEUDO}`);
  const { wall, help } = roomTexts;
  await teacher.getByRole('button', { name: 'Anna' }).click();
  const opened = teacher.getByRole('dialog', { name: 'Anna' });
  await opened.getByText(wall.work.commands({ n: 1 })).click();
  await expect(opened.locator('.wall-work code').first()).toHaveText('echo anna-was-he""re');
  await opened.getByRole('button', { name: wall.keyboard.ask }).click();
  await expect(learner.getByText(help.keyboard.asks({ name: 'Ms Okafor' }))).toBeVisible();
  await looked(learner, 'a request for the keyboard');
  await learner.getByRole('button', { name: help.keyboard.allow }).click();
  await expect(opened.getByText(wall.keyboard.types({ name: 'Anna' }))).toBeVisible();
  await looked(teacher, 'an opened learner');
  // Whoever has the terminal alone before them sees who types all the same.
  await learner.setViewportSize({ width: 390, height: 780 });
  await learner.locator('.pane-tabs').getByRole('button', { name: texts.panes.terminal }).click();
  await expect(learner.locator('.help-over')).toBeVisible();
  await learner.setViewportSize({ width: 1440, height: 900 });
  await opened.locator('.xterm-helper-textarea').focus();
  await teacher.keyboard.type('echo by-the-tea""cher');
  await teacher.keyboard.press('Enter');
  await expect(learner.locator('.terminal-view').first()).toContainText('by-the-teacher');
  await learner.locator('.xterm-helper-textarea').first().focus();
  await learner.keyboard.press('Escape');
  await expect(opened.getByText(wall.keyboard.refused({ name: 'Anna' }))).toBeVisible();
  await opened.getByRole('button', { name: wall.actions.move }).click();
  await expect(learner.getByText(help.from.step({ name: 'Ms Okafor' }))).toBeVisible();
  await opened.getByRole('button', { name: wall.actions.restart }).click();
  await teacher.getByRole('button', { name: wall.actions.restartConfirm, exact: true }).click();
  await expect(learner.getByText(help.from.restart({ name: 'Ms Okafor' }))).toBeVisible({ timeout: 60_000 });
  await opened.getByRole('button', { name: wall.open.close }).click();
  await teacher.getByRole('button', { name: wall.pause.pause }).click();
  await expect(learner.getByText(help.paused({ name: 'Ms Okafor' }))).toBeVisible();
  await teacher.getByRole('button', { name: wall.pause.resume }).click();
  await expect(learner.getByText(help.paused({ name: 'Ms Okafor' }))).toBeHidden();

  // The teacher's terminal, shown to the class from a dry run: opened with what was before, wide and small, and told when it is over.
  const { broadcast, dryRun } = roomTexts;
  await expect(teacher.getByRole('link', { name: broadcast.how })).toBeVisible();
  await teacher.goto(`${ofClass.split('?')[0]}${PSEUDO}`);
  await teacher.getByRole('button', { name: dryRun.begin }).click();
  await expect(teacher.getByRole('button', { name: dryRun.badge, exact: true })).toBeVisible();
  await teacher.goto(`${server.url}/lessons/the-round-trip${PSEUDO}`);
  const ofTeacher = new Terminal(teacher);
  await ofTeacher.ready();
  await ofTeacher.run('echo shown-by-the-tea""cher');
  await expect(teacher.locator('.terminal-view').first()).toContainText('shown-by-the-teacher');
  await teacher.getByRole('button', { name: broadcast.begin, exact: true }).click();
  await looked(teacher, 'what it is to show a terminal');
  await teacher.getByRole('button', { name: broadcast.front }).click();
  await expect(teacher.getByRole('button', { name: broadcast.live({ n: 0 }) })).toBeVisible();
  await expect(learner.getByText(broadcast.shows({ name: 'Ms Okafor' }))).toBeVisible();
  await learner.getByRole('button', { name: broadcast.look }).click();
  const pane = learner.getByRole('dialog', { name: broadcast.heading({ name: 'Ms Okafor' }) });
  await expect(pane).toContainText('shown-by-the-teacher');
  await expect(teacher.getByRole('button', { name: broadcast.live({ n: 1 }) })).toBeVisible();
  await looked(learner, 'a terminal that is shown');
  // The keyboard comes out of it.
  await pane.locator('.xterm-helper-textarea').focus();
  await learner.keyboard.press('Escape');
  await expect(pane).toBeHidden();
  await learner.setViewportSize({ width: 390, height: 780 });
  await learner.reload();
  await learner.locator('.pane-tabs').getByRole('button', { name: texts.panes.terminal }).click();
  await learner.locator('.help-over').getByRole('button', { name: broadcast.look }).click();
  await expect(pane).toContainText('shown-by-the-teacher');
  await teacher.getByRole('button', { name: broadcast.end }).click();
  await expect(pane).toContainText(broadcast.over({ name: 'Ms Okafor' }));
  await expect(pane).toContainText('shown-by-the-teacher');
  await pane.getByRole('button', { name: broadcast.close }).click();
  await expect(learner.getByText(broadcast.shows({ name: 'Ms Okafor' }))).toBeHidden();

  const forged = await newPage();
  // More than its last letter, which has bits that mean nothing.
  await forged.goto(`${server.url}/back${PSEUDO}#${link.split('#')[1]?.slice(0, -6)}forged`);
  await expect(forged.getByRole('alert')).toHaveAttribute('data-code', 'bad-link');
  await looked(forged, 'a link that is none');
  await forged.goto(`${server.url}/sign-in${PSEUDO}#${token}`);
  await expect(forged.getByRole('alert')).toHaveAttribute('data-code', 'bad-link');
  await forged.getByLabel(roomTexts.signIn.name).fill('ms okafor');
  await forged.getByLabel(roomTexts.signIn.password).fill('correct horse battery');
  await forged.getByRole('button', { name: roomTexts.signIn.button }).click();
  await expect(forged.getByRole('heading', { name: '<b>Monday</b>' })).toBeVisible();
});
