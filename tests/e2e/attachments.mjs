// attachments - files over HTTP beside the chat, as the demo page sends and fetches them.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** The header for a name, as RFC 8187 wants it. */
export const disposition = (name) => `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

function exchange(balie, method, where, headers, body) {
  return new Promise((yes, no) => {
    const r = http.request(balie.url + where, { method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (d) => parts.push(d));
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        const json = String(answer.headers['content-type']).startsWith('application/json') ? JSON.parse(String(bytes)) : undefined;
        yes({ status: answer.statusCode, headers: answer.headers, bytes, json });
      });
      answer.on('error', no);
    });
    r.on('error', no);
    r.end(body);
  });
}

/** Uploads into the client's conversation. */
export function upload(balie, c, name, bytes, { token = 'demo', id = c.newId(), conversation = c.conversation, headers = {} } = {}) {
  const where = `/chat/attachments?${new URLSearchParams({ conversation, id })}`;
  return exchange(balie, 'POST', where, { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream',
    'Content-Disposition': disposition(name), 'Content-Length': bytes.length, ...headers }, bytes);
}

export const download = (balie, url, token = 'demo') => exchange(balie, 'GET', url, token === null ? {} : { Authorization: `Bearer ${token}` });

/** What lies in the folder of the state. */
export const kept = (balie) => (fs.existsSync(balie.path('state/files')) ? fs.readdirSync(balie.path('state/files')) : []);
export const modes = (balie) => kept(balie).map((f) => fs.statSync(path.join(balie.path('state/files'), f)).mode & 0o777);

// --- files ---

export const pdf = (text = 'verklaring') => Buffer.from(`%PDF-1.4\n1 0 obj<</Title(${text})>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export const exe = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'), Buffer.alloc(200)]);

/** A zip container of [name, bytes, unfolded size if it is to be a lie]. */
export function zip(members) {
  const parts = [], table = [];
  let at = 0;
  for (const [name, bytes, claim] of members) {
    const data = deflateRawSync(bytes), title = Buffer.from(name), local = Buffer.alloc(30), entry = Buffer.alloc(46);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(title.length, 26);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(claim ?? bytes.length, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, title, data);
    table.push(entry, title);
    at += local.length + title.length + data.length;
  }
  const end = Buffer.alloc(22), list = Buffer.concat(table);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const types = Buffer.from('<Types/>'), body = Buffer.from('<w:document/>');
export const docx = zip([['[Content_Types].xml', types], ['word/document.xml', body]]);
export const macros = zip([['[Content_Types].xml', types], ['word/document.xml', body], ['word/vbaProject.bin', body]]);
/** A container that says it unfolds to four gigabytes. */
export const bomb = zip([['[Content_Types].xml', types], ['word/document.xml', body, 0xffffffff]]);
