// What else is known of a sink: deadlines in words, and the tables of facts.

import { el, setText } from './dom.js';
import { bytes, clock, count, duration, isKnown, iso, plural, roughly } from './format.js';
import { reason } from './reasons.js';
import { marks } from './ruler.js';

const SECOND = 1000;

/** What will happen by itself, at the present pace; nothing where that is not foreseen, or has happened. */
export function deadlines(sink) {
  return [
    ['slot_loss_seconds', 'PostgreSQL invalidates the slot in about', 'WAL_LIMIT_NEAR'],
    ['retention_loss_seconds', 'Kafka deletes unread records in about', 'RETENTION_NEAR'],
    ['catch_up_seconds', 'Caught up in about', null],
  ].filter(([field, , near]) => isKnown(sink[field]) && (near !== null || sink[field] > 0)).map(([field, words, near]) => ({
    field,
    near: near !== null && (sink.findings ?? '').split(',').includes(near),
    value: sink[field],
    text: `${words} ${roughly(sink[field] * SECOND)}`,
  }));
}

export function time(ms, now) {
  return el('time', { datetime: iso(ms), title: iso(ms) }, clock(ms, now));
}

export function factsView() {
  const source = list('Source');
  const sinkSide = list('Sink');
  const positions = el('tbody');
  const node = el('div', { class: 'facts' },
    source.node, sinkSide.node,
    el('table', { class: 'positions' },
      el('caption', {}, 'Positions'),
      el('thead', {}, el('tr', {}, ...['mark', 'LSN', 'behind'].map(name => el('th', { scope: 'col' }, name)))),
      positions));
  let before = '';
  return {
    node,
    update(sink, now) {
      const [left, right, rows] = [sourceFacts(sink), sinkFacts(sink, now), positionRows(sink)];
      const text = JSON.stringify([left, right, rows]);
      if (text !== before) {
        before = text;
        source.fill(left);
        sinkSide.fill(right);
        positions.replaceChildren(...rows.map(([name, ...cells]) => el('tr', {},
          el('th', { scope: 'row' }, name), ...cells.map(cell => el('td', {}, cell)))));
      }
    },
  };
}

function list(name) {
  const items = el('dl');
  return {
    node: el('div', { class: 'fact-list' }, el('p', { class: 'fact-title' }, name), items),
    fill(facts) {
      items.replaceChildren(...facts.flatMap(([term, text, alarming]) => [
        el('dt', {}, term), el('dd', alarming ? { class: 'alarming' } : {}, text)]));
    },
  };
}

function sourceFacts(sink) {
  const known = (field, text) => (isKnown(sink[field]) ? text(sink[field]) : `unknown (${reason(sink, field)})`);
  return [
    state('connector', sink.source_connector_state),
    ['slot', known('slot_active', active => (active ? 'active' : 'inactive')), sink.slot_active === false],
    isKnown(sink.wal_status) && ['WAL status', sink.wal_status, !['reserved', 'extended'].includes(sink.wal_status)],
    ['not confirmed', known('lag_bytes', bytes)],
    ['retained WAL', known('retained_wal_bytes', bytes)],
    isKnown(sink.safe_wal_bytes) && ['until slot is lost', bytes(sink.safe_wal_bytes), sink.safe_wal_bytes < 0],
    isKnown(sink.wal_bytes_per_second) && ['WAL written', `${bytes(Math.round(sink.wal_bytes_per_second))}/s`],
  ].filter(Boolean);
}

function sinkFacts(sink, now) {
  const known = (field, text) => (isKnown(sink[field]) ? text(sink[field]) : `unknown (${reason(sink, field)})`);
  return [
    state('connector', sink.sink_connector_state),
    ['group', known('sink_group_state', text => text)],
    ['position', sink.sink_lsn_grade.toLowerCase()],
    isKnown(sink.blocking_partition) && ['held back by', sink.blocking_partition],
    isKnown(sink.oldest_unconsumed_at) && ['oldest unread', `of ${clock(sink.oldest_unconsumed_at, now)}`],
    isKnown(sink.sink_records_per_second) && ['consumes', `${rate(sink.sink_records_per_second)}/s`],
  ].filter(Boolean);
}

const rate = value => (value < 100 ? plural(Math.round(value * 10) / 10, 'record') : `${count(value)} records`);

/** Null without `connect.url`: then nobody asked. */
function state(term, text) {
  return [term, text ?? 'not asked', isKnown(text) && text !== 'RUNNING'];
}

function positionRows(sink) {
  return marks(sink).sort((a, b) => (b.behind ?? -1) - (a.behind ?? -1)).map(({ name, lsn, behind }) => [
    name, lsn ?? 'unknown',
    lsn === null || behind === null ? '' : name === 'source' ? '' : bytes(behind)]);
}

export function setTime(node, ms, now) {
  node.setAttribute('datetime', iso(ms));
  node.title = iso(ms);
  setText(node, clock(ms, now));
}

export const ago = ms => (ms < SECOND ? 'just now' : `${duration(Math.floor(ms / SECOND) * SECOND).replace('.0 ', ' ')} ago`);
