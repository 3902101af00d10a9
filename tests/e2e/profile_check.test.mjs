// `balie check` on servicedesk profiles: every mistake at its place, and what was never run
// against the real product said again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Balie, program, repository, run } from './harness.mjs';

const GOOD = `product: Sample
tested: here
sources: [here]
headers: {Authorization: "{{credential}}"}
operations:
  probe: {method: GET, url: "{{url}}/q/{{queue}}"}
  open:
    method: POST
    url: "{{url}}/t"
    json: {subject: "{{subject}}", key: "{{key}}"}
    take: {external: /id, number: /id}
  find:
    method: GET
    url: "{{url}}/t"
    query: {key: "{{key}}"}
    items: /t
    where: [{at: /key, is: "{{key}}"}]
    take: {external: /id, number: /id}
`;

// [what, from, to, line:column, words]
const mistakes = [
  ['an unknown placeholder', '{{subject}}', '{{subjct}}', '10:21', 'unknown placeholder {{subjct}} (probably meant {{subject}})'],
  ['a value that is not there', 'key: "{{key}}"}\n    take', 'key: "{{external}}"}\n    take', '10:41', '{{external}} has no value in the operation open'],
  ['a bad pointer', 'take: {external: /id, number: /id}\n  find', 'take: {external: id, number: /id}\n  find', '11:22', '"id" is no JSON Pointer'],
  ['a bad pointer in a condition', 'at: /key', 'at: /k~ey', '17:18', '"/k~ey" is no JSON Pointer'],
  ['a secret in the file', '{{credential}}', 'Bearer abcdef0123456789', '4:26', 'a secret is written here'],
  ['a secret in the url', '/t"\n    json', '/t/{{token}}"\n    json', '9:10', '{{token}} is a secret and belongs in a header'],
  ['an unknown key', 'sources:', 'source:', '3:1', 'unknown key "source" in a profile (probably meant sources)'],
  ['an unknown key of an operation', '    items:', '    item:', '16:5', 'unknown key "item" in an operation (probably meant items)'],
  ['an unknown operation', '  find:', '  fnd:', '12:3', 'unknown key "fnd" in operations (probably meant find)'],
  ['a missing operation', '  probe: {method: GET, url: "{{url}}/q/{{queue}}"}\n', '', '6:3', 'the operation probe is missing'],
  ['a missing output', 'take: {external: /id, number: /id}\n  find', 'take: {external: /id}\n  find', '8:5', 'open must take "number" from the reply'],
  ['an unknown filter', '{{subject}}', '{{subject|upper}}', '10:21', 'unknown filter "upper"'],
];

let balie;
before(async () => { balie = await Balie.prepare({}); });
after(() => balie.discard());

const check = (...args) => run(program, ['check', ...args, '--config', balie.path('balie.yaml')], { cwd: repository });

test('a good profile has nothing to tell', async () => {
  balie.write('good.yaml', GOOD);
  const r = await check(balie.path('good.yaml'));
  assert.deepEqual([r.code, r.stderr, r.stdout], [0, '', '1 profile, 0 errors, 0 warnings\n']);
});

for (const [what, from, to, place, words] of mistakes)
  test(`${what}: where, and what was probably meant`, async () => {
    assert.ok(GOOD.includes(from), from);
    balie.write('bad.yaml', GOOD.replace(from, to));
    const file = balie.path('bad.yaml'), r = await check(file);
    assert.equal(r.code, 1);
    assert.ok(r.stderr.includes(`${file}:${place}: error: ${words}`), r.stderr);
  });

test('the profiles of the repository have no mistakes, and the unverified ones say so', async () => {
  const folder = path.join(repository, 'adapters/servicedesk');
  const files = fs.readdirSync(folder).filter((f) => f.endsWith('.yaml')).map((f) => path.join(folder, f));
  const r = await check(...files);
  assert.equal(r.code, 0, r.stderr);
  assert.doesNotMatch(r.stderr, /error/);
  const told = files.filter((f) => r.stderr.includes(`${f}:`)).map((f) => path.basename(f, '.yaml'));
  assert.deepEqual(told, ['freshservice', 'jira', 'servicenow', 'servicenow_hr', 'topdesk', 'zammad', 'zendesk']);
  const whole = await check();
  assert.match(whole.stdout, /unverified, never run against the real product: freshservice, jira, servicenow, servicenow_hr, topdesk, zammad, zendesk\b/m);
});

test('the section of the settings is checked with its profile, without asking anybody', async () => {
  const settings = (desk) => balie.write('desk.yaml', `${balie.read('balie.yaml')}desk:\n${desk}`);
  balie.write('token', 'x\n');
  settings('  kind: rest\n  profile: zammad\n  url: https://zammad.invalid\n  token_file: token\n  values: {anonymous: a@example.org, account: balie}\n');
  const good = await run(program, ['check', '--config', balie.path('desk.yaml')], { cwd: repository });
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stderr, /zammad\.yaml:\d+:1: warning: unverified/);
  settings('  kind: rest\n  profile: zammad\n  url: https://zammad.invalid\n  token: secret\n  values: {anonymous: a@example.org, acount: balie}\n');
  const bad = await run(program, ['check', '--config', balie.path('desk.yaml')], { cwd: repository });
  assert.equal(bad.code, 1);
  for (const words of [/a secret does not stand in the settings/, /the profile does not ask for "acount"/, /the profile asks for values: account/])
    assert.match(bad.stderr, words);
});
