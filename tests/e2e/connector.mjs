// connector - stands in for the Bot Connector's other side: our token, conversations, members.
// What a real channel sends and answers is in the shapes recorded from one (activity below).
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { APP, header } from './botjwt.mjs';

export const TENANT = '22222222-3333-4444-5555-666666666666', SECRET = 'rig-client-secret';
// object id -> [user id, UPN]; sanne stands in the people table, otto does not
export const USERS = {
  sanne: { id: '29:sanne', object: 'aaaaaaaa-0000-0000-0000-000000000001', upn: 'Sanne.deVries@noorderlicht.example' },
  mark: { id: '29:mark', object: 'aaaaaaaa-0000-0000-0000-000000000002', upn: 'mark.hoekstra@noorderlicht.example' },
  otto: { id: '29:otto', object: 'aaaaaaaa-0000-0000-0000-000000000009', upn: 'otto@elsewhere.example' },
};

export async function start() {
  const rig = { sent: [], typing: [], opened: [], members: 0, tokens: [], unauthorised: [], faults: [], down: false, life: 3600 };
  let valid = '', n = 0;
  const server = http.createServer((q, r) => {
    let body = '';
    const json = (status, o, headers = {}) => { r.writeHead(status, { 'content-type': 'application/json', ...headers }); r.end(o === undefined ? '' : JSON.stringify(o)); };
    if (rig.down) return q.socket.destroy();
    q.setEncoding('utf8').on('data', (d) => { body += d; }).on('end', () => {
      if (q.url === '/token') {
        const form = new URLSearchParams(body);
        const good = form.get('grant_type') === 'client_credentials' && form.get('client_id') === APP && form.get('client_secret') === SECRET
          && form.get('scope') === 'https://api.botframework.com/.default';
        rig.tokens.push(good);
        if (!good) return json(401, { error: 'invalid_client' });
        valid = `rig-${randomUUID()}`;
        return json(200, { token_type: 'Bearer', access_token: valid, expires_in: rig.life });
      }
      if (rig.wantsToken !== false && q.headers.authorization !== `Bearer ${valid}`) {
        rig.unauthorised.push(q.headers.authorization);
        return json(401, { error: { code: 'Unauthorized' } });
      }
      const parts = q.url.split('/').map(decodeURIComponent);
      if (q.method === 'GET' && parts[4] === 'members') {
        rig.members++;
        const u = Object.values(USERS).find((x) => x.id === parts[5]);
        return u ? json(200, { id: u.id, aadObjectId: u.object, userPrincipalName: u.upn, email: 'wrong@noorderlicht.example' }) : json(404, {});
      }
      const o = JSON.parse(body);
      if (q.url === '/v3/conversations') {
        rig.opened.push(o);
        return json(201, { id: `a:own-${o.members[0].id}` });
      }
      if (parts[4] !== 'activities') return json(404, {});
      if (o.type === 'typing') { rig.typing.push(parts[3]); r.writeHead(202); return r.end(); }
      const fault = rig.faults.shift();
      if (fault === 'lost') return q.socket.destroy();
      if (fault) return json(fault.status, { error: { code: 'Fault' } }, fault.headers);
      rig.sent.push({ ...o, conversation: parts[3], said: o.conversation, at: Date.now() });
      json(201, { id: String(1_700_000_000_000 + ++n) });
    });
  });
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  rig.url = `http://127.0.0.1:${server.address().port}`;
  rig.forgetToken = () => { valid = 'none'; };
  rig.close = () => { server.closeAllConnections(); server.close(); };
  return rig;
}

let ids = 0;
/** An activity as Teams sends it. */
export function activity(serviceUrl, user, more = {}) {
  const u = USERS[user];
  return { type: 'message', id: `${Date.now()}${++ids}`, textFormat: 'plain', locale: 'nl-NL', timestamp: new Date().toISOString(),
    localTimezone: 'Europe/Amsterdam', channelId: 'msteams', serviceUrl, from: { id: u.id, name: user, aadObjectId: u.object },
    recipient: { id: `28:${APP}`, name: 'balie' }, conversation: { id: `a:${user}`, conversationType: 'personal', tenantId: TENANT },
    entities: [{ type: 'clientInfo', locale: 'nl-NL', country: 'NL', platform: 'Web', timezone: 'Europe/Amsterdam' }],
    channelData: { tenant: { id: TENANT } }, ...more };
}
export const bearer = (serviceUrl) => header('valid', serviceUrl);

/** What a person reads of it, and what they can press. */
export function read(sent) {
  const card = sent.attachments?.[0]?.content;
  const texts = [], actions = [];
  const walk = (x) => {
    if (Array.isArray(x)) x.forEach(walk);
    else if (x && typeof x === 'object') {
      if (x.type === 'RichTextBlock') texts.push(x.inlines.map((i) => i.text).join(''));
      if (x.type === 'ActionSet') actions.push(...x.actions);
      for (const key of ['body', 'rows', 'cells', 'items', 'columns']) walk(x[key]);
    }
  };
  walk(card);
  return { text: card ? texts.join('\n') : sent.text, actions, card };
}
