// A hand-off's receipt beside an answer: time from a click or a question to its reply, over a
// WebSocket of the real daemon, in turn.
import { Balie } from '../e2e/harness.mjs';
import { offered, yesOf } from '../e2e/desk.mjs';

const N = Number(process.argv[2] ?? 200);
const balie = await Balie.prepare({ settings: { log: 'error' } });
try {
  await balie.start();
  const timed = async (c, frame) => {
    const began = performance.now();
    c.send(frame);
    await c.waitFor('a reply', (f) => f.type === 'answer' && f.reply_to === frame.id, { from: c.frames.length });
    return performance.now() - began;
  };
  const answers = [], receipts = [];
  for (let i = 0; i < N; i++) {
    const c = await balie.client();
    answers.push(await timed(c, { type: 'message', id: c.newId(), text: 'wat is mijn opzegtermijn' }));
    const reply = await offered(c, `zaak ${i} over mijn rooster`);
    receipts.push(await timed(c, { type: 'choose', id: c.newId(), choice: yesOf(reply) }));
    await c.close();
  }
  const at = (v, p) => v.sort((a, b) => a - b)[Math.floor((v.length - 1) * p)].toFixed(2);
  console.log(`answer   p50 ${at(answers, 0.5)} ms  p95 ${at(answers, 0.95)} ms`);
  console.log(`receipt  p50 ${at(receipts, 0.5)} ms  p95 ${at(receipts, 0.95)} ms`);
  await balie.stop();
} finally {
  await balie.discard();
}
