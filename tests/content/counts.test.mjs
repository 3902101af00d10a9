// What the starter set holds, per topic and language, and the least it must hold: enough cards,
// each with enough examples and tests in both languages; enough articles, each saying where its
// rules come from. `node --test tests/content/counts.test.mjs` prints the table.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url).pathname;
const LANGS = ['nl', 'en'];

// The cards of one file: name, and per section ("Say nl", "Tests en", ...) its items.
function cardsOf(file) {
  const cards = [];
  let items = null;
  for (const line of readFileSync(join(root, 'intents', file), 'utf8').split('\n')) {
    if (line.startsWith('# ')) {
      cards.push({ id: line.slice(2).trim(), file, sections: {} });
      items = null;
    } else if (line.startsWith('## ') && cards.length) {
      const name = line.slice(3).replace(/\[.*/, '').trim();
      items = cards.at(-1).sections[name] ??= [];
    } else if (items && line.startsWith('- ')) {
      items.push(line.slice(2));
    }
  }
  return cards;
}

const cards = readdirSync(join(root, 'intents'))
  .filter((f) => f.endsWith('.md') && !['README.md', 'sensitive.md'].includes(f)).sort().flatMap(cardsOf)
  .filter((c) => /^[a-z]+\.[a-z0-9-]+$/.test(c.id)); // lists of words and phrases have no such headings
const articles = Object.fromEntries(LANGS.map((lang) => [lang,
  readdirSync(join(root, 'knowledge', lang), { recursive: true }).filter((f) => f.endsWith('.md'))]));
const count = (card, section) => card.sections[section]?.length ?? 0;

test('counts per topic and language', () => {
  const topics = [...new Set([...cards.map((c) => c.id.split('.')[0]),
    ...articles.nl.map((a) => a.split('/')[0])])].sort();
  const sum = (list, section) => list.reduce((n, c) => n + count(c, section), 0);
  const row = (name, list, per) => [name, list.length, ...LANGS.map((l) => sum(list, `Say ${l}`)),
    ...LANGS.map((l) => sum(list, `Tests ${l}`)), ...LANGS.map(per)];
  const rows = topics.map((t) => row(t, cards.filter((c) => c.id.startsWith(`${t}.`)),
    (l) => articles[l].filter((a) => a.startsWith(`${t}/`)).length));
  rows.push(row('all', cards, (l) => articles[l].length));
  const head = ['topic', 'cards', 'say nl', 'say en', 'tests nl', 'tests en', 'articles nl', 'articles en'];
  for (const r of [head, ...rows])
    console.log(r.map((v, i) => (i ? String(v).padStart(12) : String(v).padEnd(9))).join(''));
  assert.ok(cards.length >= 75, `${cards.length} cards`);
  for (const lang of LANGS) assert.ok(articles[lang].length >= 45, `${articles[lang].length} articles`);
});

test('every card has eight examples and four tests in each language', () => {
  // what people say about their own question at the desk (desk.md) is mostly settled by patterns
  const thin = cards.filter((c) => c.file !== 'desk.md').flatMap((c) => LANGS.flatMap((l) => [
    count(c, `Say ${l}`) < 8 && `${c.id}: ${count(c, `Say ${l}`)} examples in ${l}`,
    count(c, `Tests ${l}`) < 4 && `${c.id}: ${count(c, `Tests ${l}`)} tests in ${l}`,
  ])).filter(Boolean);
  assert.deepEqual(thin, []);
});

test('no test is one of the card\'s own examples', () => {
  const same = cards.flatMap((c) => LANGS.flatMap((l) => {
    const say = new Set((c.sections[`Say ${l}`] ?? []).map((s) => s.toLowerCase()));
    return (c.sections[`Tests ${l}`] ?? []).filter((t) => say.has(t.toLowerCase()))
      .map((t) => `${c.id}: ${t}`);
  }));
  assert.deepEqual(same, []);
});

test('every article ends by naming its sources', () => {
  const without = LANGS.flatMap((l) => articles[l].filter((a) => !a.endsWith('README.md')).filter((a) => {
    const headings = readFileSync(join(root, 'knowledge', l, a), 'utf8').match(/^## .*$/gm) ?? [];
    return !/^## (Bron|Source)$/.test(headings.at(-1) ?? '');
  }).map((a) => `${l}/${a}`));
  assert.deepEqual(without, []);
});
