// The four cells of a sink: lag, bytes, records, and which half of the way is the longer one.

import { el, setAttribute, setText } from './dom.js';
import { bytes, count, duration, isKnown, plural, seconds, upwards } from './format.js';
import { reason } from './reasons.js';

const TWO_MINUTES = 120_000;

/** As the records say how sure the lag is. */
const GRADES = { EXACT: 'exact', AT_MOST: 'at most' };

export function numbersView() {
  const cells = {
    lag: cell('total_lag_ms', 'lag'),
    bytes: cell('total_lag_bytes', 'bytes'),
    records: cell('sink_lag_records', 'records'),
  };
  const halves = halvesView();
  const node = el('div', { class: 'numbers' }, ...Object.values(cells).map(({ part }) => part), halves.node);
  return {
    node,
    update(sink) {
      show(cells.lag, sink, lagLabel(sink), value => duration(bound(value, sink)), value => lagNote(value, sink));
      show(cells.bytes, sink, 'WAL behind', bytes, () => retained(sink));
      show(cells.records, sink, 'Records', count, () => partitions(sink));
      halves.update(sink);
    },
  };
}

function partitions({ sink_lagging_partitions: lagging, sink_partitions: all }) {
  if (!isKnown(lagging) || !isKnown(all)) {
    return '';
  }
  return lagging === 0 ? `none in ${plural(all, 'partition')}` : `in ${count(lagging)} of ${plural(all, 'partition')}`;
}

const lagLabel = sink => (sink.total_lag_grade === 'AT_MOST' ? 'Lag, at most' : 'Lag');

const bound = (value, { total_lag_grade: grade }) => (grade === 'AT_MOST' ? upwards(value) : value);

/** In seconds too, where the number above is in minutes. */
function lagNote(value, sink) {
  const lag = bound(value, sink);
  return [lag < TWO_MINUTES ? null : seconds(lag), GRADES[sink.total_lag_grade]].filter(Boolean).join(', ');
}

/** What the slot costs the server's disk. */
function retained({ retained_wal_bytes: size }) {
  return isKnown(size) ? `${bytes(size)} retained` : '';
}

function cell(field, name) {
  const label = el('span', { class: 'label' });
  const value = el('data', { class: 'value', 'data-field': field });
  const note = el('span', { class: 'note' });
  return { part: el('div', { class: `cell ${name}` }, label, value, note), field, label, value, note };
}

function show({ field, label, value, note }, sink, name, text, more) {
  const number = sink[field];
  const known = isKnown(number);
  setText(label, name);
  setText(value, known ? text(number) : 'unknown');
  setAttribute(value, 'value', known ? number : null);
  value.classList.toggle('unknown', !known);
  setAttribute(value, 'title', known ? exact(field, number) : null);
  setText(note, known ? more(number) : reason(sink, field));
}

const exact = (field, number) => `${count(number)} ${field.endsWith('_ms') ? 'ms' : field.endsWith('_bytes') ? 'bytes' : 'records'}`;

/** Both halves as parts of one bar; what is unknown has no bar. */
function halvesView() {
  const label = el('span', { class: 'label' });
  const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
  const parts = { sink: el('span', { class: 'half sink' }), capture: el('span', { class: 'half capture' }) };
  bar.append(parts.sink, parts.capture);
  const texts = {
    sink: el('data', { class: 'of sink', 'data-field': 'sink_lag_bytes' }),
    capture: el('data', { class: 'of capture', 'data-field': 'capture_lag_bytes' }),
  };
  const node = el('div', { class: 'cell halves' }, label, bar, el('span', { class: 'note both' }, texts.sink, texts.capture));
  return {
    node,
    update(sink) {
      const halves = { sink: sink.sink_lag_bytes, capture: sink.capture_lag_bytes };
      setText(label, larger(halves));
      const sum = (halves.sink ?? 0) + (halves.capture ?? 0);
      bar.classList.toggle('empty', sum === 0 || !isKnown(halves.sink) || !isKnown(halves.capture));
      for (const [name, value] of Object.entries(halves)) {
        const known = isKnown(value);
        parts[name].style.flexGrow = known && sum > 0 ? value / sum : 0;
        setText(texts[name], `${name} ${known ? bytes(value) : 'unknown'}`);
        setAttribute(texts[name], 'value', known ? value : null);
      }
    },
  };
}

/** In words which half is to blame. */
export function larger({ sink, capture }) {
  if (!isKnown(sink) || !isKnown(capture)) {
    return 'Halves';
  }
  if (sink === capture) {
    return sink === 0 ? 'No lag in either half' : 'Both halves alike';
  }
  const share = Math.max(sink, capture) / (sink + capture);
  const percent = share > 0.99 && share < 1 ? '> 99' : Math.round(share * 100);
  return `Larger half: ${sink > capture ? 'sink' : 'capture'}, ${percent} %`;
}
