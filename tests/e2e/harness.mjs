// harness - the real daemon on a free port, in a folder of its own, and a client of it.
//
// Nothing here sleeps: readiness is the `listening` line and /readyz, an answer is a frame,
// an end is the process's. A suite whose test failed prints the daemon's log; a report of a
// sanitizer or an exit status other than 0 fails the suite.
//
// Environment: BALIE the program under test (build/debug/balie), BALIE_RELEASE the one that
// learns the content for it (build/balie), BALIE_REPOSITORY where the content is (this
// checkout).
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const repository = path.resolve(process.env.BALIE_REPOSITORY ?? path.join(here, '../..'));
export const program = path.resolve(process.env.BALIE ?? path.join(repository, 'build/debug/balie'));
const trainer = path.resolve(process.env.BALIE_RELEASE ?? path.join(repository, 'build/balie'));
// what takes a moment in the release build takes a few under the sanitizers
export const slowness = program.includes('tsan') ? 10 : program.includes('debug') ? 3 : 1;

const START_MS = 60_000, TRAIN_MS = 900_000, STOP_MS = 20_000, WAIT_MS = 15_000;
const SANITIZED = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|UndefinedBehaviorSanitizer|runtime error:/;

export function deadline(ms, what, promise) {
  let timer;
  const late = new Promise((_, no) => {
    timer = setTimeout(() => no(new Error(`after ${ms} ms still waiting for ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks again and again until it holds. For what cannot call us back (files, figures). */
export async function until(what, ask, ms = WAIT_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await ask();
    if (got) return got;
    if (Date.now() > end) throw new Error(`after ${ms} ms still waiting for ${what}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}

export function run(file, args, options = {}) {
  return new Promise((done) => {
    const child = execFile(file, args, { maxBuffer: 1 << 26, ...options }, (e, stdout, stderr) =>
      done({ code: e ? e.code ?? e.signal : 0, stdout, stderr }));
    child.stdin.on('error', () => {}); // it may have ended before it read
    child.stdin.end(options.input);
  });
}

/** Rows of the state, read beside the running daemon. */
export async function rows(balie, sql) {
  const r = await run('sqlite3', ['-json', '-cmd', '.timeout 5000', balie.database, sql]);
  assert.equal(r.code, 0, r.stderr);
  return r.stdout.trim() ? JSON.parse(r.stdout) : [];
}

/** Holds the state's write lock, as a backup or a slow disk would, until release(). */
export function lockState(balie) {
  const child = spawn('sqlite3', [balie.database], { stdio: ['pipe', 'pipe', 'inherit'] });
  const release = () => new Promise((done) => {
    child.once('exit', done);
    child.stdin.end('COMMIT;\n');
  });
  const taken = new Promise((yes, no) => {
    child.stdout.on('data', (d) => String(d).includes('held') && yes(release));
    child.once('exit', (code) => no(new Error(`sqlite3 ended with ${code}`)));
    child.stdin.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'held';\n");
  });
  return deadline(WAIT_MS, 'the lock of the state', taken);
}

// --- the daemon ---

const running = new Set(); // whatever ends us ends them
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function settingsText(settings) {
  const lines = [];
  for (const [key, value] of Object.entries(settings))
    if (value && typeof value === 'object')
      lines.push(`${key}:`, ...Object.entries(value).map(([k, v]) => `  ${k}: ${JSON.stringify(v)}`));
    else lines.push(`${key}: ${JSON.stringify(value)}`);
  return lines.join('\n') + '\n';
}

/** Where content is learnt before the daemons start, each by the release build, once per file. */
const SMALL = path.join(repository, 'tests/dialogue/content');
const contents = {
  repository: { folder: repository, state: path.join(repository, 'build/test-state') },
  small: { folder: SMALL, state: path.join(repository, 'build/test-state-small') },
};
function learn(content) {
  const { folder, state } = content;
  content.learnt ??= fs.existsSync(trainer)
    ? run(trainer, ['check', '--state', state, '--intents', path.join(folder, 'intents'),
      '--knowledge', path.join(folder, 'knowledge')], { cwd: repository, timeout: TRAIN_MS }) : Promise.resolve();
  return content.learnt;
}

/** The models go with it, so that a daemon of the sanitizers need not learn them. */
async function giveModels(folder, content) {
  await learn(content);
  fs.mkdirSync(path.join(folder, 'state'), { recursive: true, mode: 0o700 });
  const models = path.join(content.state, 'content.db');
  if (fs.existsSync(models))
    fs.copyFileSync(models, path.join(folder, 'state/content.db'), fs.constants.COPYFILE_FICLONE);
}

/** Small content of our own (dialogue tests; a copy to be edited), or the repository's. */
async function giveContent(folder, name, learnt) {
  const content = contents[name];
  if (!content) return { intents: 'intents', knowledge: 'knowledge' };
  if (learnt) await giveModels(folder, content);
  const at = (part) => path.join(content.folder, part);
  if (name === 'repository') return { intents: at('intents'), knowledge: at('knowledge') };
  for (const part of ['intents', 'knowledge'])
    fs.cpSync(at(part), path.join(folder, part), { recursive: true });
  return { intents: 'intents', knowledge: 'knowledge' };
}

export class Balie {
  constructor(folder, startMs) {
    this.folder = folder;
    this.startMs = startMs;
    this.log = '';
    this.out = '';
    this.clients = new Set();
  }

  /** A folder with content and settings; not started yet. learnt: with the models of the
   *  content, and so with a state folder that the daemon did not make. */
  static async prepare({ content = 'small', settings = {}, learnt = true } = {}) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'balie-e2e-'));
    const balie = new Balie(folder, content === 'repository' ? TRAIN_MS : START_MS);
    const tables = ['people', 'balances', 'pay_dates', 'requests', 'documents'];
    for (const table of tables)
      fs.copyFileSync(path.join(repository, `adapters/hris/${table}.csv`), balie.path(`${table}.csv`));
    const folders = await giveContent(folder, content, learnt);
    balie.models = contents[content] && path.join(contents[content].state, 'content.db'); // that it was given
    balie.settings = { listen: '127.0.0.1:0', state: 'state', link_hosts: 'hr.noorderlicht.example',
      ...Object.fromEntries(tables.map((table) => [table, `${table}.csv`])), rate_per_minute: 0, ...folders, ...settings };
    balie.write('balie.yaml', settingsText(balie.settings));
    return balie;
  }

  static async start(options) {
    const balie = await Balie.prepare(options);
    await balie.start(options?.wrap);
    return balie;
  }

  path(...parts) { return path.join(this.folder, ...parts); }
  get database() { return this.path('state/balie.db'); }
  read(file) { return fs.readFileSync(this.path(file), 'utf8'); }
  /** As careful editors do: beside it, then in its place. */
  write(file, text) {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(`${file}~`), text);
    fs.renameSync(this.path(`${file}~`), this.path(file));
  }

  /** wrap: a shell line that ends in `exec "$@"`, to start it under limits. */
  async start(wrap) {
    const args = ['serve', '--config', this.path('balie.yaml')];
    const [file, ...rest] = wrap ? ['sh', '-c', wrap, 'sh', program, ...args] : [program, ...args];
    const child = spawn(file, rest, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ASAN_OPTIONS: 'detect_stack_use_after_return=1',
        UBSAN_OPTIONS: 'print_stacktrace=1' },
    });
    this.child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.out = '';
    this.exited = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    child.stderr.on('data', (d) => { this.log += d; });
    const url = new Promise((yes, no) => {
      child.stdout.on('data', (d) => {
        this.out += d;
        const m = /^listening (http:\S+)$/m.exec(this.out);
        if (m) yes(m[1]);
      });
      this.exited.then((e) => no(new Error(`balie ended before it listened: ${JSON.stringify(e)}\n${this.log}`)));
    });
    this.url = await deadline(this.startMs, 'the listening line', url);
    assert.equal((await this.get('/readyz')).status, 200);
    return this;
  }

  /** Ends it by its pid: everything in hand is done, exit status 0. */
  async stop() {
    if (!this.child) return;
    this.child.kill('SIGTERM');
    await this.ended();
  }

  async ended() {
    const e = await deadline(STOP_MS, 'balie to end', this.exited);
    this.child = null;
    assert.deepEqual(e, { code: 0, signal: null });
    this.checkLog();
  }

  async kill() {
    this.child.kill('SIGKILL');
    await deadline(STOP_MS, 'balie to die', this.exited);
    this.child = null;
    this.checkLog();
  }

  checkLog() { assert.doesNotMatch(this.log, SANITIZED); }

  /** Whatever happened: no process and no folder stay behind. */
  async discard() {
    for (const c of this.clients) c.socket.terminate();
    this.child?.kill('SIGKILL');
    await this.exited;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  // --- its HTTP side ---

  request(method, where, { headers = {}, body } = {}) {
    return new Promise((yes, no) => {
      const r = http.request(this.url + where, { method, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (d) => { text += d; });
        answer.on('end', () => yes({ status: answer.statusCode, headers: answer.headers, text }));
      });
      r.on('error', no);
      r.end(body);
    });
  }

  get(where, options) { return this.request('GET', where, options); }

  /** One figure of /metrics, without its balie_ prefix. */
  async figure(name) {
    const { text } = await this.get('/metrics');
    const m = new RegExp(`^balie_${name} (\\d+)$`, 'm').exec(text);
    assert.ok(m, `no figure ${name} in\n${text}`);
    return Number(m[1]);
  }

  /** A client that said hello. */
  async client(hello = {}, options = {}) {
    const c = await Client.open(this, options);
    await c.hello({ token: 'demo', ...hello });
    return c;
  }
}

// --- a client of balie.v1 ---

export class Refused extends Error {
  constructor(status) {
    super(`the handshake was refused: ${status}`);
    this.status = status;
  }
}

export class Client {
  static open(balie, { protocols = ['balie.v1'], headers, origin } = {}) {
    const c = new Client();
    c.frames = [];
    c.waiting = new Set();
    c.ids = 0;
    c.prefix = randomBytes(4).toString('hex'); // ids are a conversation's, and it outlives the client
    c.socket = new WebSocket(balie.url.replace('http', 'ws') + '/chat', protocols,
      { headers, origin, perMessageDeflate: false });
    balie.clients.add(c);
    c.closed = new Promise((done) => c.socket.once('close', (code, reason) => {
      balie.clients.delete(c);
      for (const w of c.waiting) w.no(new Error(`closed with ${code} ${reason} before ${w.what}`));
      done({ code, reason: String(reason) });
    }));
    c.socket.on('message', (data) => {
      c.frames.push(JSON.parse(String(data)));
      c.look();
    });
    const opened = new Promise((yes, no) => {
      c.socket.once('open', () => yes(c));
      c.socket.once('unexpected-response', (request, answer) => {
        request.destroy();
        no(new Refused(answer.statusCode));
      });
      c.socket.on('error', no);
    });
    return deadline(WAIT_MS, 'the handshake', opened);
  }

  look() {
    for (const w of this.waiting) {
      const found = this.frames.slice(w.from).find(w.test);
      if (found) w.yes(found);
    }
  }

  /** The first frame after number `from` that passes; frames that are here already count. */
  waitFor(what, test, { from = 0, ms = WAIT_MS } = {}) {
    let w;
    const found = new Promise((yes, no) => {
      w = { what, test, from, yes, no };
      this.waiting.add(w);
      this.look();
      if (this.socket.readyState > WebSocket.OPEN && !this.frames.slice(from).some(test))
        no(new Error(`the connection is closed, no ${what}`));
    });
    return deadline(ms, `${what}; frames: ${JSON.stringify(this.frames.slice(-5))}`, found)
      .finally(() => this.waiting.delete(w));
  }

  send(frame) { this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)); }
  /** Several frames in one write: the daemon reads them in one go. */
  sendTogether(frames) {
    this.socket._socket.cork();
    for (const f of frames) this.send(f);
    this.socket._socket.uncork();
  }
  newId() { return `${this.prefix}-${++this.ids}`; }

  /** All that the daemon had to say to what was sent is here when this returns. */
  async settle() {
    const pong = new Promise((done) => this.socket.once('pong', () => done(true)));
    this.socket.ping(undefined, undefined, () => {}); // a closed socket says so below
    if (await deadline(WAIT_MS, 'a pong', Promise.race([pong, this.closed])) !== true)
      throw new Error('closed before it was settled');
  }

  async hello(members = {}) {
    const from = this.frames.length;
    this.send({ type: 'hello', ...members });
    this.welcome = await this.waitFor('welcome', (f) => f.type === 'welcome', { from });
    this.conversation = this.welcome.conversation;
    await this.settle();
    return this.welcome;
  }

  /** Sends a frame with an id and gives everything that came back for it, joined. */
  async act(frame) {
    const from = this.frames.length, id = frame.id;
    this.send(frame);
    await this.waitFor(`a reply to ${id}`,
      (f) => f.reply_to === id && (f.type === 'answer' || f.type === 'error'), { from });
    await this.settle();
    const mine = this.frames.slice(from).filter((f) => f.reply_to === id);
    const answers = mine.filter((f) => f.type === 'answer');
    return {
      id,
      frames: mine,
      answers,
      error: mine.find((f) => f.type === 'error'),
      turn: answers[0]?.turn,
      text: answers.map((f) => f.text).join('\n'),
      sources: answers.flatMap((f) => f.sources),
      choices: answers.flatMap((f) => f.choices),
    };
  }

  ask(text, id = this.newId()) { return this.act({ type: 'message', id, text }); }
  choose(choice, id = this.newId()) {
    return this.act({ type: 'choose', id, choice: choice.id ?? choice });
  }
  /** By the label's first words. */
  press(reply, label) {
    const choice = reply.choices.find((c) => c.label.startsWith(label));
    assert.ok(choice, `no button "${label}" among ${JSON.stringify(reply.choices)}`);
    return this.choose(choice);
  }
  handoff(id = this.newId()) { return this.act({ type: 'handoff', id }); }
  error(code, from = 0) { return this.waitFor(`error ${code}`, (f) => f.type === 'error' && f.code === code, { from }); }

  async close() {
    this.socket.close(1000);
    return deadline(WAIT_MS, 'the close', this.closed);
  }
}

// --- suites ---

/** Tests on one daemon: body(balie, test), where balie is there once a test runs. */
export function suite(name, options, body) {
  describe(name, () => {
    const holder = {};
    const balie = new Proxy(holder, {
      get: (_, key) => {
        const value = holder.it[key];
        return typeof value === 'function' ? value.bind(holder.it) : value;
      },
      set: (_, key, value) => { holder.it[key] = value; return true; },
    });
    let failed = false;
    before(async () => { holder.it = await Balie.start(options); });
    body(balie, (title, settings, fn = settings) =>
      nodeTest(title, fn === settings ? {} : settings, async (t) => {
        try {
          await fn(t);
        } catch (e) {
          failed = true;
          throw e;
        }
      }));
    after(async () => {
      try {
        await holder.it?.stop();
      } catch (e) {
        failed = true;
        throw e;
      } finally {
        if (failed && holder.it) process.stdout.write(`--- the log of "${name}" ---\n${tail(holder.it.log)}\n`);
        await holder.it?.discard();
      }
    });
  });
}

/** One test with a daemon of its own, which ends well unless the test ended it. */
export function story(title, options, body) {
  nodeTest(title, async (t) => {
    const balie = await Balie.start(options);
    try {
      await body(balie, t);
      await balie.stop();
    } catch (e) {
      process.stdout.write(`--- the log of "${title}" ---\n${tail(balie.log)}\n`);
      throw e;
    } finally {
      await balie.discard();
    }
  });
}

function tail(log) {
  return log.split('\n').slice(-60).join('\n');
}
