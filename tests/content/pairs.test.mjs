// The Dutch and the English version of an article must say the same: figures, dates, tables,
// headings, links and front matter of each pair are compared.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../../knowledge/', import.meta.url).pathname;
const articles = (lang) => readdirSync(join(root, lang), { recursive: true })
  .filter((p) => p.endsWith('.md') && !p.endsWith('README.md')).sort();

function parts(lang, path) {
  const [, front, body] = readFileSync(join(root, lang, path), 'utf8').split(/^---$/m);
  const keys = Object.fromEntries(['owner', 'audience', 'valid_from', 'valid_to', 'review_by', 'updated']
    .map((k) => [k, new RegExp(`^${k}: (.*)$`, 'm').exec(front)?.[1]]));
  const links = [...body.matchAll(/\]\(([^)]*)\)/g)].map((m) => m[1]);
  // "1.250,50" and "1,250.50" are the same figure
  const figures = (body.replace(/\]\([^)]*\)/g, ']').match(/\d[\d.,:]*/g) ?? [])
    .map((n) => n.replace(/[.,:]/g, '')).sort();
  const count = (re) => (body.match(re) ?? []).length;
  return { keys, links, figures, headings: count(/^## /gm), rows: count(/^\|/gm),
    own: count(/afspraak van Noorderlicht|Noorderlicht's own rule/gi) };
}

test('every article is there in both languages', () => {
  assert.deepEqual(articles('nl'), articles('en'));
  assert.ok(articles('nl').length >= 45);
});

for (const path of articles('nl'))
  test(`${path} says the same in Dutch and English`, () => {
    const nl = parts('nl', path), en = parts('en', path);
    assert.deepEqual(nl, en);
    for (const link of nl.links.filter((l) => !/^[a-z]+:/.test(l)))
      for (const lang of ['nl', 'en'])
        assert.ok(existsSync(join(root, lang, dirname(path), link.split('#')[0])), `dead link ${link}`);
  });
