// Hand-off into a real Redmine (Debian's packages, SQLite, a folder of its own): the second
// shape beside Request Tracker's. What Redmine holds is counted by our key.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { download, exe, kept, pdf, png, upload } from './attachments.mjs';
import { DONE, back, confirmed, handOff, isTicket, offered, receiptIn, row, saidYes, yesOf } from './desk.mjs';
import { Balie, here, program, rows, run, until } from './harness.mjs';

const DELIVERED_MS = 60_000, INSTALL_MS = 900_000;
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'balie-redmine-'));
const rig = (what) => run('sh', [path.join(here, 'redmine.sh'), what],
  { env: { ...process.env, REDMINE_PORT: '0', REDMINE_DATA: folder }, timeout: INSTALL_MS });
const inRig = (file) => fs.readFileSync(path.join(folder, file), 'utf8').trim();

async function must(what) {
  const r = await rig(what);
  assert.equal(r.code, 0, `redmine.sh ${what}: ${r.stderr}`);
}

/** As the human agent, who sees what we do and more. */
async function redmine(where, query = {}, method = 'GET', body) {
  const url = new URL(`${inRig('url')}/${where}.json`);
  for (const [k, v] of Object.entries(query)) url.searchParams.set(k, v);
  const answer = await fetch(url, { method, body: body && JSON.stringify(body),
    headers: { 'X-Redmine-API-Key': inRig('agent.token'), 'Content-Type': 'application/json' } });
  assert.ok(answer.ok, `${method} ${where}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

const all = async (query) => (await redmine('issues', { status_id: '*', limit: 100, sort: 'id', ...query })).issues;
const values = () => JSON.parse(inRig('values.json'));
const byKey = (key) => all({ [`cf_${values().key_field}`]: key });
const field = (issue, name) => issue.custom_fields.find((f) => f.name === name)?.value;

let skip = '', balie, failed = false;
const promised = new Map(); // receipt: key

before(async () => {
  const r = await rig('start');
  if (r.code === 0) {
    balie = await Balie.prepare({ settings: { grace_seconds: 2, poll_seconds: 1, desk: { kind: 'rest', profile: 'redmine', url: inRig('url'),
      token_file: path.join(folder, 'token'), queues: { HR: 'hr', Absence: 'hr', Confidential: 'hr-closed' }, values: values(), total_ms: 2000, connect_ms: 1000 } } });
    await balie.start();
  } else if (!process.env.CI && /packages missing and not root|install failed/.test(r.stderr)) {
    skip = `Redmine cannot be installed here: ${r.stderr.trim().split('\n').at(-1)}`;
  } else {
    throw new Error(`redmine.sh start: ${r.code} ${r.stderr}`);
  }
});

after(async () => {
  try {
    if (!failed && balie?.child) await balie.stop();
  } finally {
    if (failed) process.stdout.write(`--- balie's log ---\n${balie?.log.split('\n').slice(-60).join('\n')}\n`);
    await balie?.discard();
    await rig('stop');
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** A test that needs Redmine; in order, on one state. */
const real = (title, options, body = options) => test(title, body === options ? {} : options, async (t) => {
  if (skip) {
    t.skip(skip);
    return;
  }
  try {
    await body(t);
  } catch (e) {
    failed = true;
    throw e;
  }
});

/** Exactly one issue under the key of this receipt, and the state says its number. */
async function oneIssue(receipt) {
  const r = await until(`${receipt} to be delivered`, async () => {
    const now = await row(balie, receipt);
    return now?.state === DONE && now;
  }, DELIVERED_MS);
  promised.set(receipt, r.key);
  const made = await byKey(r.key);
  assert.deepEqual(made.map((i) => String(i.id)), [r.number], `one issue for ${receipt}`);
  return { row: r, issue: made[0] };
}

async function oneAndTold(c, receipt) {
  const one = await oneIssue(receipt);
  assert.equal(await confirmed(c, receipt), one.row.number);
  return one;
}

/** `balie desk try` with other settings of the desk: its lines, by queue. */
async function tried(queues, desk = {}, words = queues) {
  const names = Object.fromEntries(queues.map((q) => [q, q]));
  const other = await Balie.prepare({ settings: { desk: { ...balie.settings.desk, queues: names, ...desk } } });
  try {
    const r = await run(program, ['desk', 'try', ...words, '--config', other.path('balie.yaml')]);
    assert.doesNotMatch(r.stdout + r.stderr, new RegExp(inRig('token')));
    return { ...r, lines: r.stdout.trim().split('\n') };
  } finally {
    await other.discard();
  }
}

real('desk try says what would fail, and makes nothing', async () => {
  const before = (await all({})).length;
  const good = await tried(['hr', 'hr-closed']);
  assert.deepEqual([good.code, good.stdout], [0, 'hr: ready\nhr-closed: ready\n'], good.stderr);
  assert.match((await tried(['hr'], {}, ['redmine'])).stdout, /^hr: ready\nHR: would fail: wrong queue/);
  const bad = await tried(['hr', 'bare', 'read-only', 'no-such']);
  assert.equal(bad.code, 1);
  assert.match(bad.lines[0], /^hr: ready$/);
  assert.match(bad.lines[1], /^bare: would fail: not fit for us\. .*custom field key_field/);
  assert.match(bad.lines[2], /^read-only: would fail: not fit for us\. .*may not add issues/);
  assert.match(bad.lines[3], /^no-such: would fail: wrong queue/);
  balie.write('wrong', 'no-such-key\n');
  assert.match((await tried(['hr'], { token_file: balie.path('wrong') })).stdout, /^hr: would fail: login\. .*does not accept/);
  assert.match((await tried(['hr'], { url: 'http://127.0.0.1:1' })).stdout, /^hr: would fail: unreachable\. /);
  assert.match((await tried(['hr'], { url: inRig('url').replace('http', 'https') })).stdout, /^hr: would fail: TLS\. /);
  assert.match((await tried(['hr'], { url: `${inRig('url')}/elsewhere` })).stdout, /^hr: would fail: wrong queue, or wrong url\. /);
  assert.equal((await all({})).length, before);
});

real('a hand-off makes one issue with subject, fields and transcript', async () => {
  const c = await balie.client();
  await c.ask('hoe kook ik rijst met 111222333');
  await c.ask('nee');
  const { receipt } = await handOff(c, 'mijn contract één dag korter, en € 5 erbij');
  const { issue, row: r } = await oneAndTold(c, receipt);
  assert.equal(issue.subject, 'mijn contract één dag korter, en € 5 erbij');
  assert.equal(issue.project.name, 'HR');
  assert.equal(issue.tracker.name, 'Support');
  assert.equal(issue.status.name, 'New');
  assert.equal(field(issue, 'balie key'), r.key);
  assert.equal(field(issue, 'employee'), 'demo');
  for (const wanted of [/Vraag: mijn contract één dag korter, en € 5 erbij/, /Taal: nl/, /Afdeling: Operations/,
    /Medewerker: hoe kook ik rijst met \[bsn\]/, /balie: Waar gaat het over/]) assert.match(issue.description, wanted);
  assert.doesNotMatch(issue.description, /111222333/);
});

real('what a person writes stays what it is', async () => {
  const c = await balie.client(), nasty = `mijn pas & <b>'x"</b> {"issue":{"status_id":6}} {{collapse}} #1`;
  const { receipt } = await handOff(c, nasty);
  const { issue } = await oneAndTold(c, receipt);
  assert.equal(issue.subject, nasty);
  assert.equal(issue.status.name, 'New');
});

real('a sensitive topic goes to the closed project, without what was said', async () => {
  const c = await balie.client();
  const r = await c.press(await c.ask('ik word gepest door mijn chef'), 'Ja, laat iemand');
  const { issue } = await oneAndTold(c, receiptIn(r.text));
  assert.equal(issue.project.name, 'HR closed');
  assert.doesNotMatch(issue.description + issue.subject, /gepest|chef/);
});

const isAgent = (text) => (f) => f.type === 'agent' && f.text.includes(text);
const issue = async (id) => (await redmine(`issues/${id}`, { include: 'journals' })).issue;
const change = (id, fields) => redmine(`issues/${id}`, {}, 'PUT', { issue: fields });
const notes = async (id) => (await issue(id)).journals.map((j) => j.notes).filter(Boolean);

real('both ways: what HR writes reaches the chat once, what the person writes reaches the issue once', async () => {
  const c = await balie.client(), { receipt } = await handOff(c, 'mijn pensioen begrijp ik niet'), id = await confirmed(c, receipt);
  await change(id, { notes: 'intern: niet voor de medewerker', private_notes: true });
  await change(id, { notes: 'Welke regeling bedoel je?' });
  const reply = await c.waitFor('the reply', isAgent('Welke regeling'));
  assert.equal(reply.name, 'Hanna Agent');
  c.send({ type: 'message', id: c.newId(), text: 'die van vóór 2020' });
  const texts = await until('it on the issue', async () => {
    const all = await notes(id);
    return all.some((n) => n.includes('vóór 2020')) && all;
  });
  assert.equal(texts.filter((n) => /vóór 2020/.test(n)).length, 1);
  assert.match(texts.at(-1), /\[balie [0-9A-Z]{20}\]$/);
  await change(id, { notes: 'Die is afgelopen.' });
  await c.waitFor('the second reply', isAgent('afgelopen'));
  const told = [...new Map(c.frames.filter((f) => f.type === 'agent').map((f) => [f.seq, f])).values()];
  assert.deepEqual(told.map((f) => f.text), ['Welke regeling bedoel je?', 'Die is afgelopen.'], 'ours and the private note stay out');
});

real('status: waiting, resolved, opened again by the person, withdrawn', async () => {
  const c = await balie.client({ token: 'p002' }), { receipt } = await handOff(c, 'mijn reiskosten zijn fout'), id = await confirmed(c, receipt);
  const statuses = Object.fromEntries((await redmine('issue_statuses')).issue_statuses.map((s) => [s.name, s.id]));
  await change(id, { status_id: statuses.Feedback });
  await c.waitFor('waiting', isTicket('waiting', receipt));
  await change(id, { status_id: statuses.Resolved });
  await c.waitFor('resolved', isTicket('resolved', receipt));
  const told = await c.waitFor('words', (f) => f.type === 'answer' && /afgerond/.test(f.text));
  await c.press(told, `${receipt} weer openen`);
  await c.waitFor('open again', (f) => isTicket('open', receipt)(f) && f.seq > told.seq);
  await until('open in Redmine', async () => (await issue(id)).status.name === 'New');
  await c.press(await c.ask('ik wil mijn melding intrekken'), `${receipt} intrekken`);
  await c.waitFor('withdrawn', isTicket('withdrawn', receipt));
  await until('rejected in Redmine', async () => (await issue(id)).status.name === 'Rejected');
});

real('killed -9 between the yes and the confirmation: one issue each', { timeout: 240_000 }, async () => {
  for (const ms of [0, 4, 30, 120]) {
    const c = await balie.client(), choice = yesOf(await offered(c, `na ${ms} weg`)), id = c.newId();
    c.send({ type: 'choose', id, choice });
    await sleep(ms);
    await balie.kill();
    await balie.start();
    const again = await back(balie, c);
    const told = c.frames.find((f) => f.type === 'answer' && f.reply_to === id);
    const receipt = receiptIn(told ? told.text : (await again.choose(choice, id)).text);
    await oneAndTold(again, receipt);
  }
});

/** A note of HR's with files, as Redmine wants it: the bytes first. */
async function noteFiles(number, notes, files) {
  const uploads = [];
  for (const [filename, bytes, content_type] of files) {
    const answer = await fetch(`${inRig('url')}/uploads.json?${new URLSearchParams({ filename })}`, { method: 'POST', body: bytes,
      headers: { 'X-Redmine-API-Key': inRig('agent.token'), 'Content-Type': 'application/octet-stream' } });
    assert.equal(answer.status, 201);
    uploads.push({ token: (await answer.json()).upload.token, filename, content_type });
  }
  await redmine(`issues/${number}`, {}, 'PUT', { issue: { notes, uploads } });
}

real('files both ways: the bytes, their names, once; what is no document is named only', { timeout: 120_000 }, async () => {
  const c = await balie.client();
  await offered(c, 'mijn diploma erbij');
  assert.equal((await upload(balie, c, 'diploma € é.pdf', pdf('diploma'))).status, 201);
  const { receipt } = await saidYes(c, c.frames.filter((f) => f.type === 'answer' && f.choices.length).at(-1));
  const number = await confirmed(c, receipt);
  promised.set(receipt, (await row(balie, receipt)).key);
  assert.equal((await upload(balie, c, 'later.png', png)).status, 201);
  await until('nothing waits here', () => kept(balie).length === 0);
  const { attachments } = (await redmine(`issues/${number}`, { include: 'attachments' })).issue;
  assert.deepEqual(attachments.map((a) => [a.filename, a.filesize, a.content_type]),
    [['diploma € é.pdf', pdf('diploma').length, 'application/pdf'], ['later.png', png.length, 'image/png']]);
  await noteFiles(number, 'Hier is het contract.', [['contract é.pdf', pdf('hr'), 'application/pdf'], ['virus.pdf', exe, 'application/pdf']]);
  const f = await c.waitFor('the note', (x) => x.type === 'agent' && /contract/.test(x.text), { ms: 30_000 });
  assert.deepEqual(f.attachments.map((x) => [x.name, x.problem]), [['contract é.pdf', undefined], ['virus.pdf', 'type']]);
  assert.deepEqual((await download(balie, f.attachments[0].url)).bytes, pdf('hr'));
  await noteFiles(number, '', [['los.pdf', pdf('los'), 'application/pdf']]);
  await c.waitFor('a note that is nothing but a file', (x) => x.type === 'agent' && x.attachments?.[0].name === 'los.pdf', { ms: 30_000 });
  assert.equal(c.frames.filter((x) => x.type === 'agent').length, 2, 'our own notes do not come back');
});

real('Redmine frozen in mid-request: one issue, and the number when it thaws', { timeout: 240_000 }, async () => {
  for (const ms of [0, 40, 90]) {
    const c = await balie.client(), { receipt } = await saidYes(c, await offered(c, `bevroren na ${ms}`));
    await sleep(ms);
    await must('freeze');
    await sleep(5000); // two time-outs of ours and more than the grace period
    await must('thaw');
    await oneAndTold(c, receipt);
  }
});

real('Redmine killed in mid-request and started again: one issue', { timeout: 240_000 }, async () => {
  for (const ms of [0, 60]) {
    const c = await balie.client(), { receipt } = await saidYes(c, await offered(c, `stroom weg na ${ms}`));
    await sleep(ms);
    await must('kill');
    await must('start');
    await oneAndTold(c, receipt);
  }
});

real('afterwards: as many issues as were acknowledged, no key twice, nothing left over', async (t) => {
  const kept = await rows(balie, 'SELECT t.receipt, e.key, e.state FROM ticket t JOIN effect e ON e.id = t.effect');
  assert.deepEqual(kept.filter((r) => r.state !== DONE), []);
  const keys = (await all({})).map((i) => field(i, 'balie key'));
  assert.equal(new Set(keys).size, keys.length, 'no key twice');
  assert.deepEqual([...keys].sort(), kept.map((r) => r.key).sort());
  for (const key of promised.values()) assert.ok(keys.includes(key));
  t.diagnostic(`issues in Redmine ${keys.length}, acknowledged hand-offs ${promised.size}`);
});
