// The same hand-off through every profile, against a stand-in that takes nothing but what the
// product's documentation describes (method, path, query, headers, JSON with its members in
// order) and fails on demand: exactly one ticket each, and the number the person is told.
import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import { DONE, confirmed, handOff, isTicket, row } from './desk.mjs';
import { Balie, program, run, until } from './harness.mjs';
import { SECRET, profiles } from './profiles.mjs';

const GRACE_MS = 1000, TIMEOUT_MS = 1000, FAILED = 4;
const PERSON = 'sanne.devries@noorderlicht.example';
const TIME = /\d{4}-\d\d-\d\d(T|%20)\d\d(:|%3A)\d\d((:|%3A)\d\dZ?)?/;
const KEY = /[0-9A-HJKMNP-TV-Z]{16,}/;

// --- the stand-in ---

class StandIn {
  constructor(name) {
    Object.assign(this, profiles[name], { name, tickets: [], posts: [], searches: [], wrong: [], fault: null });
  }

  async listen() {
    this.server = http.createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (d) => { text += d; });
      request.on('error', () => {});
      response.on('error', () => {});
      request.on('end', () => this.take(request, text, response));
    });
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  down() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  /** Exactly these headers, whatever their order. */
  sameHeaders(request, more, text) {
    const got = { ...request.headers };
    if (got.connection) delete got.connection;
    const want = { host: new URL(this.url).host, accept: 'application/json', ...this.headers, ...more };
    if (text) Object.assign(want, { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(text)) });
    delete got['user-agent'];
    assert.deepEqual(got, want);
  }

  take(request, text, response) {
    const send = (status, body, headers = {}) => {
      const out = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(status === 204 ? undefined : out);
    };
    try {
      this.answer({ request, text, response, send, body: text ? JSON.parse(text) : null });
    } catch (e) {
      this.wrong.push(`${request.method} ${request.url} ${text}\n${e.message}`);
      send(400, { message: 'not as documented' });
    }
  }

  answer(call) {
    const { method, url } = call.request, { open, find } = this;
    const ask = this.asks.find(([m, path, body]) => m === method && path === url && (!body || JSON.stringify(body) === JSON.stringify(call.body)));
    if (ask) {
      this.sameHeaders(call.request, {}, call.text);
      assert.equal(Boolean(ask[2]), Boolean(call.text));
      call.send(ask[3], ask[4]);
    } else if (this.changed[0] === method && url.replace(TIME, 'SINCE') === this.changed[1]
      && (!call.text || call.text.replace(TIME, 'SINCE') === JSON.stringify(this.changed[2]))) {
      this.sameHeaders(call.request, {}, call.text);
      call.send(200, this.changed[3]);
    } else if (method === open.method && url === open.path) {
      this.onOpen(call);
    } else {
      const key = find.key ? find.key(call.body) : KEY.exec(decodeURIComponent(url))?.[0];
      assert.ok(key, 'neither a question, nor a ticket, nor a search');
      this.onFind(call, key);
    }
  }

  onOpen(call) {
    const t = { person: PERSON, ...this.open.read(call.body) };
    this.sameHeaders(call.request, this.open.headers?.(t) ?? {}, call.text);
    assert.equal(JSON.stringify(call.body), JSON.stringify(this.open.body(t)), 'the body, with its members in order');
    assert.match(t.key, new RegExp(`^${KEY.source}$`));
    assert.match(t.text, /Vraag: /);
    this.posts.push({ ...t, at: Date.now() });
    call.make = () => {
      const n = this.tickets.length + 1;
      this.tickets.push({ ...t, n });
      return this.open.reply(t, n);
    };
    call.good = () => call.send(this.open.status, call.make());
    call.reset = () => call.request.socket.resetAndDestroy();
    const fault = this.fault;
    this.fault = null;
    (fault ?? ((c) => c.good()))(call, this);
  }

  onFind(call, key) {
    this.sameHeaders(call.request, {}, call.text);
    assert.equal(call.request.method, this.find.method);
    assert.equal(call.request.url, this.find.path(key));
    assert.equal(call.text ? JSON.stringify(call.body) : '', this.find.body ? JSON.stringify(this.find.body(key)) : '');
    this.searches.push(key);
    const found = this.tickets.filter((t) => t.key === key);
    if (found.length === 0 && this.find.none) call.send(this.find.none);
    else call.send(200, this.find.reply(found));
  }
}

// --- faults: what happens to the POST, how many POSTs there must be in the end ---

const said = (status, body = { message: 'no' }, headers) => (call) => call.send(status, body, headers);
const made = (then) => (call, desk) => { call.made = call.make(); then(call, desk); };
const page = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const cut = (call, desk) => {
  const text = JSON.stringify(call.made);
  call.response.writeHead(desk.open.status, { 'Content-Type': 'application/json', 'Content-Length': text.length + 100 });
  call.response.write(text.slice(0, 9), () => call.response.destroy());
};

const faults = [
  ['all is well', null, 1],
  ['no reply, but it was made', made(() => {}), 1],
  ['no reply, and it was not made', () => {}, 2],
  ['reset after it was made', made((call) => call.reset()), 1],
  ['reset before it was made', (call) => call.reset(), 2],
  ['401 for a moment', said(401), 2],
  ['403 for a moment', said(403), 2],
  ['429 with Retry-After', said(429, { message: 'slow down' }, { 'Retry-After': '1' }), 2],
  ['503 with Retry-After', said(503, 'maintenance', { 'Retry-After': '1' }), 2],
  ['500, and it was not made', said(500), 2],
  ['500, but it was made', made(said(500)), 1],
  ['502 with a page, and it was not made', said(502, page, { 'Content-Type': 'text/html' }), 2],
  ['502 with a page, but it was made', made(said(502, page, { 'Content-Type': 'text/html' })), 1],
  ['a success that is a page', made((call, desk) => call.send(desk.open.status, page)), 1],
  ['a success that is garbage', made((call, desk) => call.send(desk.open.status, '{"id":')), 1],
  ['a success that says otherwise', made((call, desk) => call.send(desk.open.status, desk.failure)), 1],
  ['half a reply', made(cut), 1],
  ['slow, but in time', (call) => setTimeout(() => call.good(), TIMEOUT_MS * 0.6), 1],
  ['made well after we stopped waiting', (call) => setTimeout(() => call.make(), TIMEOUT_MS + GRACE_MS / 2), 1],
];

async function prepared(name) {
  const desk = new StandIn(name);
  await desk.listen();
  const { queue, settings } = desk;
  const balie = await Balie.prepare({ settings: { grace_seconds: GRACE_MS / 1000, desk: { kind: 'rest', profile: name, url: desk.url,
    connect_ms: TIMEOUT_MS, total_ms: TIMEOUT_MS, queues: { HR: queue, Confidential: queue }, ...settings } } });
  balie.write('token', `${SECRET}\n`);
  return { desk, balie };
}

/** Exactly one ticket under this receipt's key, by the number that the person was told. */
async function oneTicket({ desk, balie }, c, receipt, posts) {
  const number = await confirmed(c, receipt);
  const { key } = await row(balie, receipt);
  const mine = desk.tickets.filter((t) => t.key === key);
  assert.equal(mine.length, 1, `${mine.length} tickets`);
  assert.equal(number, desk.number(mine[0].n));
  assert.equal(desk.posts.filter((p) => p.key === key).length, posts);
}

async function refused({ desk, balie }, status) {
  const c = await balie.client();
  desk.fault = said(status);
  const { receipt } = await handOff(c, `zaak ${status} geweigerd`);
  await c.waitFor('that it failed', isTicket('failed', receipt), { ms: 30_000 });
  const r = await row(balie, receipt);
  assert.equal(r.state, FAILED);
  assert.equal(desk.tickets.filter((t) => t.key === r.key).length, 0);
  assert.ok(!c.frames.some(isTicket('open', receipt)), 'no number for what was refused');
  const again = await run(program, ['desk', 'retry', String(r.id), '--config', balie.path('balie.yaml')]);
  assert.equal(again.code, 0, again.stderr);
  await until('it to be delivered after all', async () => (await row(balie, receipt)).state === DONE);
  assert.equal(desk.tickets.filter((t) => t.key === r.key).length, 1, 'one, once an operator says so');
}

describe('hand-off through', { concurrency: 8 }, () => {
  for (const name of Object.keys(profiles))
    test(name, { timeout: 240_000 }, async (t) => {
      const both = await prepared(name), { desk, balie } = both;
      try {
        await balie.start();
        for (const [i, [title, fault, posts]] of faults.entries())
          await t.test(title, async () => {
            const c = await balie.client();
            desk.fault = fault;
            const { receipt } = await handOff(c, `mijn rooster klopt <niet> & "${i}" é € 😀`);
            await oneTicket(both, c, receipt, posts);
            assert.deepEqual(desk.wrong, []);
          });
        for (const status of [404, 409, 422])
          await t.test(desk.unclear?.includes(status) ? `${status}: searched, sent again` : `${status}: told, no ticket; one when an operator sends it again`, async () => {
            if (!desk.unclear?.includes(status)) return refused(both, status);
            const c = await balie.client();
            desk.fault = said(status);
            const { receipt } = await handOff(c, `zaak ${status} samenloop`);
            return oneTicket(both, c, receipt, 2);
          });
        await t.test('a long subject is cut where the product would refuse it', async () => {
          const c = await balie.client();
          const { receipt } = await handOff(c, `mijn rooster ${'klopt niet '.repeat(30)}`);
          await confirmed(c, receipt);
          assert.ok(desk.posts.at(-1).subject.length <= 255);
          assert.deepEqual(desk.wrong, []);
        });
        assert.equal(new Set(desk.tickets.map((x) => x.key)).size, desk.tickets.length, 'no key twice');
        assert.doesNotMatch(balie.log, new RegExp(SECRET));
        await balie.stop();
      } catch (e) {
        process.stdout.write(`--- ${name} ---\n${desk.wrong.join('\n')}\n${balie.log.split('\n').slice(-40).join('\n')}\n`);
        throw e;
      } finally {
        await balie.discard();
        await desk.down();
      }
    });
});
