// One sink of a pipeline: its verdict and numbers, always; ruler, plot and facts behind a button.

import { el, setAttribute, setText } from './dom.js';
import { duration, isKnown, roughly } from './format.js';
import { ago, deadlines, factsView, setTime, time } from './facts.js';
import { badge } from './badge.js';
import { numbersView } from './numbers.js';
import { partitionsView } from './partitions.js';
import { plotView } from './plot.js';
import { rulerView } from './rulerview.js';

let views = 0;

export function sinkView(pipeline, sinkGroup) {
  const name = `${pipeline}, ${sinkGroup}`;
  const id = `sink-${++views}`;
  const verdict = badge();
  const numbers = numbersView();
  const finding = findingView();
  const observed = el('time');
  const age = el('span');
  const stale = el('p', { class: 'stale-note', hidden: '' });
  const button = el('button', { type: 'button', class: 'more', 'aria-controls': id, 'aria-label': `Details of ${name}` },
    el('span', { class: 'chevron', 'aria-hidden': 'true' }), 'Details');
  const ruler = rulerView();
  const plot = plotView();
  const facts = factsView();
  const partitions = partitionsView(pipeline, sinkGroup);
  const details = el('div', { class: 'details', id },
    ruler.node,
    el('div', { class: 'beside' }, plot.node, facts.node),
    partitions.node);
  const node = el('section', { class: 'sink', 'aria-labelledby': `${id}-name`, 'data-pipeline': pipeline, 'data-sink-group': sinkGroup },
    el('div', { class: 'row' },
      verdict.node,
      el('div', { class: 'who' },
        el('h3', { id: `${id}-name` }, el('span', { class: 'arrow', 'aria-hidden': 'true' }, '→ '), sinkGroup),
        el('p', { class: 'note' }, 'observed ', observed, ', ', age)),
      numbers.node,
      button),
    stale, finding.node, details);

  const view = {
    node,
    pollMs: 10_000,
    get open() {
      return !details.hidden;
    },
    set open(open) {
      details.hidden = !open;
      button.setAttribute('aria-expanded', String(open));
    },
    onOpen: () => {},
    update(sink, now) {
      view.pollMs = sink.poll_interval_ms;
      setAttribute(node, 'data-sequence', sink.sequence);
      setAttribute(node, 'data-observed-at', sink.observed_at);
      setAttribute(node, 'data-health', sink.health);
      node.classList.toggle('old', sink.stale);
      verdict.update(sink);
      setTime(observed, sink.observed_at, now);
      numbers.update(sink);
      finding.update(sink, now);
      stale.hidden = !sink.stale;
      setText(stale, sink.stale
        ? `Stale: nothing has been published for ${roughly(sink.age_ms)}, so all this is how it was then.`
          + ` See whether the connector ${sink.connector} runs.` : '');
      ruler.update(sink);
      facts.update(sink, now);
    },
    /** @param since how long ago the answer came, in ms */
    tick(sink, since) {
      setText(age, ago(sink.age_ms + since));
    },
    history: history => plot.update(history, view.pollMs),
    historyFailed: error => plot.failed(error),
    loadPartitions: () => (view.open ? partitions.load() : undefined),
  };
  button.addEventListener('click', () => {
    view.open = !view.open;
    view.onOpen(view.open);
  });
  return view;
}

/** The findings that hold, since when, what to do, and by when. */
function findingView() {
  const names = el('span', { class: 'names' });
  const since = el('span', { class: 'since' });
  const words = el('span', { class: 'words' });
  const dates = el('ul', { class: 'deadlines' });
  const line = el('p', {}, names, ' ', since, ' ', words);
  const node = el('div', { class: 'finding' }, line, dates);
  let before = '';
  return {
    node,
    update(sink, now) {
      const first = sink.finding === 'NONE' ? [] : [sink.finding];
      const all = [...new Set([...first, ...(sink.findings ?? '').split(',')])].filter(one => one && one !== 'NONE');
      const due = deadlines(sink);
      const text = JSON.stringify([all, due, sink.detail, sink.finding_since, sink.health]);
      setText(words, sink.health === 'OK' ? '' : sink.detail);
      line.hidden = all.length === 0 && words.textContent === '';
      node.hidden = line.hidden && due.length === 0;
      if (text !== before) {
        before = text;
        names.replaceChildren(...all.map((one, at) => el('span', { class: at === 0 ? 'name first' : 'name' }, one)));
        dates.replaceChildren(...due.map(({ field, near, value, text: line }) => el('li', near ? { class: 'near' } : {},
          el('data', { 'data-field': field, value }, line))));
        dates.hidden = due.length === 0;
      }
      if (all.length > 0 && isKnown(sink.finding_since)) {
        const lasting = Math.max(0, sink.observed_at - sink.finding_since);
        since.replaceChildren('since ', time(sink.finding_since, now), ` (${duration(Math.floor(lasting / 1000) * 1000)})`);
      } else {
        since.replaceChildren();
      }
    },
  };
}
