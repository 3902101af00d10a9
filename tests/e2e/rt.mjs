// rt - a real Request Tracker 5 (Debian's packages, SQLite, a folder of its own), and what its
// colleagues do in it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { here, run } from './harness.mjs';

const INSTALL_MS = 900_000;

export class RequestTracker {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'balie-rt5-'));
    this.skip = '';
  }

  rig(what, env = {}) {
    return run('sh', [path.join(here, 'rt5.sh'), what],
      { env: { ...process.env, RT5_PORT: '0', RT5_DATA: this.folder, ...env }, timeout: INSTALL_MS });
  }

  async must(what) {
    const r = await this.rig(what);
    assert.equal(r.code, 0, `rt5.sh ${what}: ${r.stderr}`);
  }

  /** Sets skip where it cannot be installed; elsewhere that is a failure. */
  async start() {
    const r = await this.rig('start');
    if (r.code === 0) await this.warm();
    else if (!process.env.CI && /packages missing and not root|install failed/.test(r.stderr))
      this.skip = `Request Tracker 5 cannot be installed here: ${r.stderr.trim().split('\n').at(-1)}`;
    else throw new Error(`rt5.sh start: ${r.code} ${r.stderr}`);
  }

  async discard() {
    await this.rig('stop');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  file(name) { return path.join(this.folder, name); }
  text(name) { return fs.readFileSync(this.file(name), 'utf8').trim(); }
  get url() { return this.text('url'); }
  /** Where its scrips call; read at every event. */
  set webhook(url) { fs.writeFileSync(this.file('webhook.url'), url); }

  async call(method, where, body, user) {
    const Authorization = user ? `Basic ${Buffer.from(user).toString('base64')}` : this.text('token');
    const answer = await fetch(`${this.url}/REST/2.0/${where}`, { method, body: body && JSON.stringify(body),
      headers: { Authorization, 'Content-Type': 'application/json' } });
    assert.ok(answer.ok, `${method} ${where}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  }

  get(where, query = {}) { return this.call('GET', `${where}?${new URLSearchParams(query)}`); }

  /** Everything a TicketSQL query finds, page by page. */
  async find(query) {
    const all = [];
    for (let page = 1; ; page++) {
      const { items, pages } = await this.get('tickets', { query, fields: 'Subject,Status,Queue,CustomFields', per_page: 100, page });
      all.push(...items);
      if (page >= (pages ?? 1)) return all;
    }
  }

  byKey(key) { return this.find(`'CF.{IdempotencyKey}'='${key}'`); }

  /** The texts of a ticket, in their order, as RT keeps them. */
  async texts(id) {
    const { items } = await this.get(`ticket/${id}/attachments`, { fields: 'Content,ContentType', per_page: 100 });
    return items.map((a) => (/^[A-Za-z0-9+/=\s]{8,}$/.test(a.Content) ? Buffer.from(a.Content, 'base64').toString() : a.Content));
  }

  async warm() {
    await this.call('POST', 'ticket', { Queue: 'Bare', Subject: 'warm up', Content: 'x', ContentType: 'text/plain' });
    await this.find('id = 1');
  }

  // --- Hanna Agent, of HR ---

  agent(method, where, body) { return this.call(method, where, body, 'hragent:agentpass'); }
  reply(id, text, type = 'text/plain') { return this.agent('POST', `ticket/${id}/correspond`, { Content: text, ContentType: type }); }
  /** A reply with files: [name, bytes, type]. As multipart: in JSON RT spoils a name that is not ASCII. */
  async replyFiles(id, text, files) {
    const form = new FormData();
    form.append('JSON', JSON.stringify({ Content: text, ContentType: 'text/plain' }));
    for (const [name, bytes, type] of files) form.append('Attachments', new Blob([bytes], { type }), name);
    const answer = await fetch(`${this.url}/REST/2.0/ticket/${id}/correspond`, { method: 'POST', body: form,
      headers: { Authorization: `Basic ${Buffer.from('hragent:agentpass').toString('base64')}` } });
    assert.equal(answer.status, 201, await answer.text());
  }
  /** The files of a ticket, [name, bytes], in their order. */
  async files(id) {
    const { items } = await this.get(`ticket/${id}/attachments`, { fields: 'Filename', per_page: 100, orderby: 'id' });
    const named = items.filter((a) => a.Filename).sort((a, b) => a.id - b.id);
    return Promise.all(named.map(async (a) => [a.Filename, Buffer.from((await this.get(`attachment/${a.id}`)).Content, 'base64')]));
  }
  note(id, text) { return this.agent('POST', `ticket/${id}/comment`, { Content: text, ContentType: 'text/plain' }); }
  set(id, fields) { return this.agent('PUT', `ticket/${id}`, fields); }
}

export const field = (ticket, name) => ticket.CustomFields.find((f) => f.name === name)?.values;
