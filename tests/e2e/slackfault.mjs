// slackfault - a small Slack stand-in with faults: Web API, Socket Mode, signed deliveries by
// HTTP. It knows only what we taught it; what tells the truth about the protocol is Slack's own
// client packages accepting it (slackrig.test.mjs).
//
// Tokens xoxb-rig (bot), xapp-rig (app level); signing secret rig-signing-secret.
//   rig = await start()
//   rig.envelope(type, payload, attempt, reason)    over the newest socket: {acked, ms, ack}
//   rig.post(url, kind, payload, options)           signed, as Slack would: {status, body, ms}
//   rig.disconnect(reason, closeMs) rig.kill() rig.fault({method, kind, n, retry, error})
//   rig.posts                                       what was posted, by channel and thread
import http from 'node:http';
import crypto from 'node:crypto';
import { WebSocketServer } from 'ws';

export const SECRET = 'rig-signing-secret';
// as the people table of the repository has them; U3 has no address, U4 is unknown to HR, U5 left
const USERS = { U1: 'Sanne.deVries@noorderlicht.example', U2: 'mark.hoekstra@noorderlicht.example', U3: '', U4: 'guest@elsewhere.example', U5: 'eva.meijer@noorderlicht.example', U6: 'lars.smit@noorderlicht.example' };

export function start(port = 0) {
  const wss = new WebSocketServer({ noServer: true });
  const socks = new Set(), tickets = new Set(), waiting = new Map(), faults = [], posts = [], statuses = [];
  let down = false;
  let log = [], every = 10000, seq = 0, base = '';
  const note = (o) => log.push({ t: Date.now(), ...o });
  const json = (r, o, code = 200, h = {}) => { r.writeHead(code, { 'content-type': 'application/json; charset=utf-8', ...h }); r.end(JSON.stringify(o)); };
  const ts = () => Math.floor(Date.now() / 1000) + '.' + String(++seq).padStart(6, '0');
  const ping = () => { for (const s of socks) if (s.readyState === 1) s.ping('rig'); };
  let timer = setInterval(ping, every);

  wss.on('connection', (s) => {
    socks.add(s); note({ ev: 'socket open', n: socks.size });
    s.send(JSON.stringify({ type: 'hello', num_connections: socks.size, debug_info: { host: 'rig', build_number: 1, approximate_connection_time: 18060 }, connection_info: { app_id: 'A1' } }));
    s.on('message', (d) => {
      let m; try { m = JSON.parse(d); } catch { return note({ ev: 'bad frame', d: String(d) }); }
      note({ ev: 'ack', m }); const w = waiting.get(m.envelope_id); if (w) { waiting.delete(m.envelope_id); w(m); }
    });
    s.on('ping', () => note({ ev: 'client ping' }));
    s.on('close', (c) => { socks.delete(s); note({ ev: 'socket closed', code: c }); });
    s.on('error', () => {});
  });

  async function api(method, q, r, args) {
    const f = faults.find((x) => x.n > 0 && x.method === method);
    if (f) {
      f.n--; note({ ev: 'fault', method, kind: f.kind });
      if (f.kind === '429') return json(r, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(f.retry) });
      if (f.kind === '500') { r.writeHead(500); return r.end('oops'); }
      if (f.kind === 'badjson') { r.writeHead(200, { 'content-type': 'application/json' }); return r.end('{"ok":tr'); }
      if (f.kind === 'slack') return json(r, { ok: false, error: f.error });
      if (f.kind === 'hang') return; // never answers
      if (f.kind === 'late') { posts.push({ ...args, ts: ts(), at: Date.now() }); return q.socket.destroy(); } // done, and not told
      if (f.kind === 'slow') await new Promise((go) => setTimeout(go, f.retry * 1000));
    }
    const token = (q.headers.authorization || '').replace(/^Bearer /, '') || args.token;
    if (!token) return json(r, { ok: false, error: 'not_authed' });
    if (token !== (method === 'apps.connections.open' ? 'xapp-rig' : 'xoxb-rig')) return json(r, { ok: false, error: 'invalid_auth' });
    switch (method) {
      case 'apps.connections.open': { const t = crypto.randomUUID(); tickets.add(t); return json(r, { ok: true, url: base.replace('http', 'ws') + '/link/?ticket=' + t + '&app_id=A1' }); }
      case 'auth.test': return json(r, { ok: true, url: 'https://rig.slack.test/', team: 'Rig', user: 'balie', team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT', is_enterprise_install: false });
      case 'users.info': return USERS[args.user] === undefined ? json(r, { ok: false, error: 'user_not_found' })
        : json(r, { ok: true, user: { id: args.user, team_id: 'T1', name: args.user.toLowerCase(), deleted: args.user === 'U5', is_bot: false, tz: 'Europe/Amsterdam', profile: { real_name: args.user, ...(USERS[args.user] ? { email: USERS[args.user] } : {}) } } });
      case 'chat.postMessage': case 'chat.update': case 'chat.postEphemeral': {
        if (!args.channel) return json(r, { ok: false, error: 'channel_not_found' });
        if (!args.text && !args.blocks) return json(r, { ok: false, error: 'no_text' });
        const t = args.ts || ts();
        if (method === 'chat.postMessage') posts.push({ ...args, ts: t, at: Date.now() });
        return json(r, { ok: true, channel: args.channel, ts: t, message: { type: 'message', user: 'UBOT', bot_id: 'BBOT', app_id: 'A1', team: 'T1', text: args.text || '', ts: t, ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}), ...(args.blocks ? { blocks: typeof args.blocks === 'string' ? JSON.parse(args.blocks) : args.blocks } : {}) } });
      }
      case 'conversations.open': return json(r, { ok: true, channel: { id: 'D' + args.users.slice(1) } });
      case 'conversations.history': case 'conversations.replies': {
        const messages = posts.filter((p) => p.channel === args.channel && (method.endsWith('history') || p.thread_ts === args.ts));
        return json(r, { ok: true, messages: messages.slice(-(args.limit || 100)).reverse() });
      }
      case 'assistant.threads.setStatus':
        if (!args.channel_id || !args.thread_ts || typeof args.status !== 'string') return json(r, { ok: false, error: 'invalid_arguments' });
        statuses.push(args);
        return json(r, { ok: true });
      default: return json(r, { ok: false, error: 'unknown_method', req_method: method });
    }
  }

  function envelope(type, payload, attempt, reason) {
    const id = crypto.randomUUID(), t0 = Date.now();
    const e = { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' };
    if (type === 'events_api') Object.assign(e, { retry_attempt: +attempt || 0, retry_reason: reason || '' });
    const s = [...socks].at(-1);
    if (!s) return { acked: false, error: 'no socket' };
    s.send(JSON.stringify(e));
    return new Promise((done) => {
      const to = setTimeout(() => { waiting.delete(id); done({ acked: false, ms: 3000 }); }, 3000);
      waiting.set(id, (m) => { clearTimeout(to); done({ acked: true, ms: Date.now() - t0, ack: m }); });
    });
  }

  async function post(url, kind, payload, { skew = 0, bad = false, attempt, reason = 'http_timeout', ms = 10000 } = {}) {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const raw = kind === 'json' ? text : kind === 'slash' ? new URLSearchParams(JSON.parse(text)).toString() : new URLSearchParams({ payload: text }).toString();
    const when = String(Math.floor(Date.now() / 1000) + skew);
    let sig = 'v0=' + crypto.createHmac('sha256', SECRET).update('v0:' + when + ':' + raw).digest('hex');
    if (bad) sig = sig.slice(0, -1) + (sig.endsWith('0') ? '1' : '0');
    const h = { 'content-type': kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded', 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)', 'x-slack-request-timestamp': when, 'x-slack-signature': sig };
    if (attempt) Object.assign(h, { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason });
    const t0 = Date.now();
    try { const r = await fetch(url, { method: 'POST', headers: h, body: raw, signal: AbortSignal.timeout(ms) }); return { status: r.status, body: await r.text(), type: r.headers.get('content-type'), ms: Date.now() - t0 }; }
    catch (e) { return { status: 0, error: e.name, ms: Date.now() - t0 }; }
  }

  const server = http.createServer((q, r) => {
    if (down) return q.socket.destroy();
    const parts = []; q.on('data', (d) => parts.push(d)).on('end', async () => {
      const u = new URL(q.url, 'http://x'), p = u.searchParams, body = Buffer.concat(parts).toString();
      if (u.pathname.startsWith('/api/')) {
        let args = {}; const ct = q.headers['content-type'] || '';
        try { args = ct.includes('json') ? JSON.parse(body || '{}') : Object.fromEntries(new URLSearchParams(body)); } catch { return json(r, { ok: false, error: 'invalid_json' }); }
        const method = u.pathname.slice(5);
        note({ ev: 'api', method, args: { ...args, token: undefined }, ct });
        return api(method, q, r, args);
      }
      r.writeHead(404); r.end();
    });
  });
  server.on('upgrade', (q, s, h) => {
    const t = new URL(q.url, 'http://x').searchParams.get('ticket');
    if (!tickets.delete(t)) { s.write('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n'); return s.destroy(); } // a ticket works once
    wss.handleUpgrade(q, s, h, (w) => wss.emit('connection', w));
  });
  return new Promise((ok) => server.listen(port, '127.0.0.1', () => {
    base = 'http://127.0.0.1:' + server.address().port;
    ok({ base, api: base + '/api', posts, statuses, envelope, post, sockets: () => socks.size,
      log: () => log, clearLog: () => { log = []; },
      down: (yes) => { down = yes; if (yes) for (const s of socks) s.terminate(); },
      fault: (f) => faults.push({ n: 1, retry: 1, error: 'internal_error', ...f }),
      disconnect: (reason, closeMs) => { for (const s of socks) { s.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'rig' } })); if (closeMs) setTimeout(() => s.close(1000), closeMs); } },
      kill: () => { for (const s of socks) s.terminate(); },
      ping: (ms) => { every = ms; clearInterval(timer); if (ms) timer = setInterval(ping, every); },
      close: () => { clearInterval(timer); for (const s of socks) s.terminate(); server.closeAllConnections(); server.close(); } });
  }));
}
