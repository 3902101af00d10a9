// What `balie check` says about tests/content/bad, a folder with one of every mistake, and
// that it has nothing to say about the starter set.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../../', import.meta.url).pathname;
const balie = process.env.BALIE_RELEASE ?? join(root, 'build/balie');
const state = mkdtempSync(join(tmpdir(), 'balie-lints-'));
after(() => rmSync(state, { recursive: true }));

function check(state, ...args) {
  const r = spawnSync(balie, ['check', '--state', state, ...args], { cwd: root, encoding: 'utf8' });
  return { status: r.status, lines: r.stderr.split('\n').filter(Boolean), summary: r.stdout.trim().split('\n').at(-1) };
}

const bad = check(state, '--intents', 'tests/content/bad/intents', '--knowledge', 'tests/content/bad/knowledge');
const dir = 'tests/content/bad/';
const told = [
  ['a numbered copy', 'intents/cards (1).md', /looks like a conflict copy/],
  ['a misspelt audience', 'intents/cards.md:1:1', /audience `contry` is no column .* nobody sees this; probably meant `country`\?/],
  ['a name in one language', 'intents/cards.md:2:9', /no name in English/],
  ['a pattern that fits another card\'s example', 'intents/cards.md:17:3', /pattern of `leave.balance` also fits "wat is mijn ziekmelding waard"/],
  ['a card that wins none of its tests', 'intents/cards.md:23:1', /`absence.report` wins none of its own 2 tests/],
  ['an example of another card', 'intents/cards.md:35:3', /nearer to `leave.balance`, which says "wat is mijn verlofsaldo" .*cards.md:8\): move it there/],
  ['a card without a name', 'intents/cards.md:43:1', /`pay.day`: no name/],
  ['one sentence eight times', 'intents/cards.md:54:3', /8 of 8 examples in Dutch are one sentence with a word changed/],
  ['too few examples', 'intents/cards.md:65:3', /only 3 examples in Dutch/],
  ['a phrase in two cards', 'intents/cards.md:66:3', /the phrase `verlofsaldo` also stands in `leave.balance`/],
  ['close cards without a border', 'intents/cards.md:83:3', /`travel.claim` and `travel.question` are close/],
  ['a pattern that never decides', 'intents/cards.md:103:3', /never decides: .* fits a pattern of `travel.claim`/],
  ['a brace without its partner', 'intents/cards.md:110:14', /error: a brace without its partner: `{contact.hr_phone}`/],
  ['an unknown heading, in both languages', 'intents/cards.md:111:4', /error: unknown heading .* known are Say\/Zeggen/],
  ['an unknown queue', 'intents/routing.csv:2:1', /unknown queue `Payrol`; probably meant `Payroll`/],
  ['a queue of nobody', 'intents/routing.csv:3:1', /unknown queue `Mobility`; one of your own is named in the settings/],
  ['an unknown partner', 'intents/routing.csv:3:1', /the partner `p999` is nobody's id/],
  ['a topic of no card', 'intents/routing.csv:4:1', /no card and no article has the topic `leav`, .* probably meant `leave`\?/],
  ['an unknown language', 'intents/routing.csv:5:1', /error: unknown language `fr`; known are nl\/Nederlands\/Dutch, en\/Engels\/English/],
  ['a line that is never reached', 'intents/routing.csv:6:1', /never reached: line 2 fits everything that it fits/],
  ['front matter without an end', 'knowledge/nl/leave.md:1:1', /error: the front matter that begins here is never closed/],
];
for (const [what, place, text] of told)
  test(`${what} is told`, () => {
    const hits = bad.lines.filter((l) => l.startsWith(`${dir}${place}: `) && text.test(l));
    assert.equal(hits.length, 1, `${hits.length} lines fit; all:\n${bad.lines.join('\n')}`);
  });

test('what is told twice in other words is told once', () => {
  assert.equal(bad.lines.filter((l) => l.includes('cards.md:66:')).length, 1, bad.lines.join('\n'));
});

test('a note stands behind the error it is about', () => {
  const at = bad.lines.findIndex((l) => l.includes('`work.broken` is left out'));
  assert.match(bad.lines[at - 1], /error: unknown heading/);
});

test('errors end with status 1, and are counted', () => {
  assert.equal(bad.status, 1);
  assert.match(bad.summary, /(^|\n)6 cards, 0 articles \(nl 0, en 0\), 7 errors, \d+ warnings, 3 tests, 3 failed$/);
});

test('the starter set has no mistake and no warning', () => {
  const good = check('build/test-state'); // where it is learnt already
  assert.deepEqual(good.lines, []);
  assert.equal(good.status, 0);
});
