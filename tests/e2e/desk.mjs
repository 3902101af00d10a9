// desk - a servicedesk that speaks the shape of RT's REST2 and fails on demand, and what the
// hand-off tests do with any servicedesk.
//
// A fault is a function (call) for the next POST of a ticket: call.make() makes the ticket,
// call.send(status, body, headers) replies, call.reset() cuts the connection, and a fault that
// does neither leaves the client waiting. Without a fault it works as RT does: 201, id a string.
import assert from 'node:assert/strict';
import http from 'node:http';
import { Balie, rows, until } from './harness.mjs';

export const TOKEN = '1-2-secret';
export const GRACE_MS = 1000, TIMEOUT_MS = 1000;

/** TicketSQL 'CF.{IdempotencyKey}'='KEY' and nothing else: our keys need no escapes. */
const QUERY = /^'CF\.\{IdempotencyKey\}'='([0-9A-Za-z-]+)'$/;

const CHANGED = /^'CF\.\{IdempotencyKey\}' IS NOT NULL AND LastUpdated >= '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'$/;
const list = (items) => ({ count: items.length, total: items.length, page: 1, pages: 1, per_page: 20, items });

export class Desk {
  constructor() {
    this.token = TOKEN;
    this.tickets = []; // {id, key, at, body}
    this.posts = []; // {key, at, body}: every POST that was understood
    this.finds = []; // {key, at}
    this.unauthorised = 0;
    this.faults = [];
    this.findFaults = [];
    this.held = null; // while frozen: what to do when it thaws
    this.nextId = 4001;
    this.sockets = new Set();
  }

  static async start() {
    const desk = new Desk();
    await desk.listen();
    return desk;
  }

  async listen() {
    this.server = http.createServer((request, response) => this.take(request, response));
    this.server.on('connection', (s) => {
      this.sockets.add(s);
      s.on('close', () => this.sockets.delete(s)).on('error', () => {});
    });
    await new Promise((yes, no) => {
      this.server.once('error', no).listen(this.port ?? 0, '127.0.0.1', yes);
    });
    this.port = this.server.address().port;
  }

  get url() { return `http://127.0.0.1:${this.port}`; }

  /** Nobody listens any more; the port stays ours to come back to. */
  async down() {
    for (const s of this.sockets) s.destroy();
    await new Promise((done) => this.server.close(done));
  }

  /** Connections are taken, nothing is done and nothing answered until thaw(). */
  freeze() { this.held = []; }
  thaw() {
    const held = this.held;
    this.held = null;
    for (const go of held) go();
  }

  next(...faults) { this.faults.push(...faults); }

  take(request, response) {
    let text = '';
    request.setEncoding('utf8').on('data', (d) => { text += d; });
    request.on('error', () => {});
    response.on('error', () => {});
    request.on('end', () => {
      const go = () => this.handle(request, text, response);
      if (this.held) this.held.push(go);
      else go();
    });
  }

  handle(request, text, response) {
    const url = new URL(request.url, this.url);
    const send = (status, body, headers = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const call = { desk: this, response, send, reset: () => request.socket.resetAndDestroy?.() ?? request.socket.destroy() };
    if (request.headers.authorization !== `token ${this.token}`) {
      this.unauthorised++;
      send(401, { message: 'Unauthorized' });
    } else if (request.method === 'GET' && url.pathname.startsWith('/REST/2.0/queue/')) {
      const fields = ['ConversationId', 'IdempotencyKey', 'EmployeeId'];
      send(200, { id: 3, Name: decodeURIComponent(url.pathname.split('/').at(-1)), Disabled: '0',
        TicketCustomFields: fields.map((name, id) => ({ id: String(id + 1), name, type: 'customfield' })) });
    } else if (request.method === 'POST' && url.pathname === '/REST/2.0/ticket') {
      this.open(call, JSON.parse(text));
    } else if (request.method === 'GET' && url.pathname === '/REST/2.0/tickets') {
      this.search(call, url.searchParams.get('query'));
    } else if (request.method === 'GET' && url.pathname === '/REST/2.0/transactions') {
      send(200, list([])); // nobody writes here
    } else {
      send(404, { message: 'Not found' });
    }
  }

  open(call, body) {
    const key = body.CustomFields?.IdempotencyKey;
    assert.match(key, /^[0-9A-Za-z-]{16,}$/);
    this.posts.push({ key, at: Date.now(), body });
    call.make = () => {
      const id = String(this.nextId++);
      this.tickets.push({ id, key, at: Date.now(), body });
      return { id, type: 'ticket', _url: `${this.url}/REST/2.0/ticket/${id}` };
    };
    const fault = this.faults.shift();
    if (fault) fault(call);
    else call.send(201, call.make());
  }

  /** By our key; what changed, and how one ticket is. */
  search(call, query) {
    const one = /^id=(\d+)$/.exec(query);
    if (one)
      call.send(200, list(this.tickets.filter((t) => t.id === one[1]).slice(0, 1)
        .map((t) => ({ id: t.id, type: 'ticket', Status: 'new', Owner: { RealName: 'Nobody in particular' } }))));
    else if (CHANGED.test(query)) call.send(200, list([]));
    else this.find(call, query);
  }

  find(call, query) {
    const key = QUERY.exec(query)?.[1];
    assert.ok(key, `a search by our key alone, not ${query}`);
    this.finds.push({ key, at: Date.now() });
    const fault = this.findFaults.shift();
    if (fault) {
      fault(call);
      return;
    }
    const items = this.tickets.filter((t) => t.key === key).map((t) => ({ id: t.id, type: 'ticket', Status: 'new',
      CustomFields: [{ id: '2', name: 'IdempotencyKey', values: [key] }] }));
    call.send(200, list(items));
  }

  /** Settings of a balie that hands off to it. */
  settings(desk = {}) {
    return { grace_seconds: GRACE_MS / 1000, log: 'debug', desk: { kind: 'rest', profile: 'rt', url: this.url,
      token_file: 'token', connect_ms: TIMEOUT_MS, total_ms: TIMEOUT_MS, ...desk } };
  }

  async balie(options = {}) {
    const { desk, ...rest } = options;
    const balie = await Balie.prepare({ ...rest, settings: { ...this.settings(desk), ...options.settings } });
    balie.write('token', `token ${this.token}\n`);
    return balie;
  }
}

// --- a hand-off, whatever the desk ---

/** Comes back after a restart, as the page does. */
export const back = (balie, c) => balie.client({ conversation: c.conversation, after: 0 });

export const YES = /^(Ja, zet maar door|Yes, pass it on)/;
/** The id of the button that passes it on. */
export function yesOf(reply) {
  const choice = reply.choices.find((x) => YES.test(x.label));
  assert.ok(choice, `no yes after "${reply.text}"`);
  return choice.id;
}

/** Up to the question whether to pass it on: the reply with yes and no. */
export async function offered(c, topic) {
  const topical = await c.ask('ik wil iemand spreken');
  assert.match(topical.text, /Waar gaat het over/);
  const reply = await c.ask(topic);
  yesOf(reply);
  return reply;
}

export const isTicket = (status, receipt) => (f) =>
  f.type === 'ticket' && f.status === status && (!receipt || f.receipt === receipt);

export const receiptIn = (text) => /B-[0-9A-Z]{4,}/.exec(text)?.[0];

/** Says yes: the receipt is told at once, and no number yet. */
export async function saidYes(c, reply) {
  const told = await c.choose(yesOf(reply));
  const receipt = receiptIn(told.text);
  assert.ok(receipt, told.text);
  const frame = await c.waitFor('the receipt', isTicket('received', receipt));
  assert.equal(frame.number, undefined, 'a number only when the desk confirmed it');
  return { id: told.id, receipt };
}

export async function handOff(c, topic) {
  return saidYes(c, await offered(c, topic));
}

/** The number, told once in words and once as a frame, and nothing else about this receipt. */
export async function confirmed(c, receipt, ms = 30_000) {
  const frame = await c.waitFor(`the number of ${receipt}`, isTicket('open', receipt), { ms });
  assert.ok(frame.number);
  const numbered = c.frames.filter((f) => f.seq !== undefined && f.type !== 'welcome');
  const frames = [...new Map(numbered.map((f) => [f.seq, f])).values()]; // replays count once
  const mine = frames.filter((f) => f.type === 'ticket' && f.receipt === receipt);
  assert.deepEqual(mine.map((f) => f.status), ['received', 'open']);
  const told = frames.filter((f) => f.type === 'answer' && f.text.includes(receipt) && f.text.includes(`**${frame.number}**`));
  assert.equal(told.length, 1, 'the number is told once, in words');
  return frame.number;
}

/** The row of the outbox with its ticket. */
export async function row(balie, receipt) {
  const [found] = await rows(balie, 'SELECT e.*, t.receipt, t.queue, t.subject, t.status FROM ticket t JOIN effect e'
    + ` ON e.id = t.effect WHERE t.receipt = '${receipt}'`);
  return found;
}

export const DONE = 3;

/** Exactly one ticket in the desk, its number is what the person was told. */
export async function oneTicket(balie, desk, c, receipt, ms) {
  const number = await confirmed(c, receipt, ms);
  const r = await row(balie, receipt);
  const made = desk.tickets.filter((t) => t.key === r.key);
  assert.deepEqual(made.map((t) => t.id), [number], 'one ticket, and this number');
  await until('the row to be done', async () => (await row(balie, receipt)).state === DONE);
  return { row: r, number, posts: desk.posts.filter((p) => p.key === r.key), finds: desk.finds.filter((f) => f.key === r.key) };
}
