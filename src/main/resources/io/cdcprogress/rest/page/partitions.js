// The table of a sink's partitions, read when it is asked for and while it is open.

import { read } from './api.js';
import { el, setText } from './dom.js';
import { clock, count, duration, isKnown } from './format.js';

const COLUMNS = [
  ['records', row => number(row.lag_records)],
  ['lag', row => (isKnown(row.lag_ms) ? duration(lagNow(row)) : row.lag_records === 0 ? 'none' : 'unknown')],
  ['committed', row => number(row.committed_offset)],
  ['end', row => number(row.end_offset)],
  ['next LSN', row => row.next_lsn ?? (row.lag_records === 0 ? 'none' : 'unknown')],
];

const number = value => (isKnown(value) ? count(value) : 'unknown');

export function partitionsView(pipeline, sinkGroup) {
  const summary = el('summary', { 'aria-label': `Partitions of ${pipeline}, ${sinkGroup}` }, 'Partitions');
  const status = el('p', { class: 'note', role: 'status' });
  const body = el('tbody');
  const table = el('table', { class: 'partitions', hidden: '' },
    el('caption', {}, 'Most records first'),
    el('thead', {}, el('tr', {},
      el('th', { scope: 'col' }, 'partition'), ...COLUMNS.map(([name]) => el('th', { scope: 'col' }, name)))),
    body);
  const scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': `Table of the partitions of ${sinkGroup}` }, table);
  const node = el('details', { class: 'partitions-part' }, summary, status, scroller);
  scroller.hidden = true;

  let before = '';
  const load = async () => {
    if (!node.open) {
      return;
    }
    try {
      const answer = await read('pipelines', pipeline, 'partitions');
      const rows = answer.sinks.find(sink => sink.sink_group === sinkGroup)?.partitions ?? [];
      const texts = [...rows].sort(longestFirst).map(textsOf);
      const text = JSON.stringify(texts);
      if (text !== before) {
        before = text;
        body.replaceChildren(...texts.map(rowOf));
      }
      table.hidden = rows.length === 0;
      scroller.hidden = table.hidden;
      setText(status, rows.length === 0 ? 'No partition is reported; is partitions.topic empty in the connector?' : '');
    } catch (error) {
      setText(status, `The partitions were not read: ${error.message}.`);
    }
  };
  node.addEventListener('toggle', () => {
    if (node.open && table.hidden) {
      setText(status, 'Reading ...');
    }
    load();
  });
  return { node, load };
}

function longestFirst(a, b) {
  return waiting(b) - waiting(a)
    || a.topic.localeCompare(b.topic) || a.partition - b.partition;
}

function textsOf(row) {
  return {
    old: row.stale,
    name: `${row.topic}-${row.partition}${row.stale ? ` (stale, of ${clock(row.observed_at)})` : ''}`,
    cells: COLUMNS.map(([, text]) => text(row)),
  };
}

function rowOf({ old, name, cells }) {
  return el('tr', old ? { class: 'old' } : {},
    el('th', { scope: 'row' }, name), ...cells.map(cell => el('td', {}, cell)));
}

/** A row is published when it changes: until then the record that waits has grown older with the row. */
export function lagNow(row) {
  return row.lag_records === 0 || row.stale ? row.lag_ms : row.lag_ms + row.age_ms;
}

/** What is unknown may be any number, so it stands on top. */
function waiting(row) {
  return row.lag_records ?? Number.MAX_SAFE_INTEGER;
}
