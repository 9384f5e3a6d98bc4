// Where things stand on the ruler, in pixels: positions of the WAL to scale, or visibly broken. Pure.

import { bytesBetween } from './lsn.js';
import { bytes } from './format.js';

/** What Kafka's side tells stands above the ruler, what PostgreSQL's slot tells below. */
const MARKS = [
  { name: 'sink', field: 'sink_lsn', above: true },
  { name: 'published', field: 'published_lsn', above: true },
  { name: 'restart', field: 'restart_lsn', above: false },
  { name: 'processed', field: 'processed_lsn', above: false },
  { name: 'source', field: 'source_lsn', above: false },
];

/** The WAL that only the slot holds is cut out once it is so many times what the lag spans. */
const BREAK_FROM = 8;
const STUB = 0.1;
const GAP = 14;
const LABEL_GAP = 10;

/** Every mark with its bytes behind the source; null where it is unknown. */
export function marks(sink) {
  return MARKS.map(mark => ({
    ...mark,
    lsn: sink[mark.field] ?? null,
    behind: bytesBetween(sink[mark.field], sink.source_lsn),
  }));
}

/**
 * The drawing for a width, or null without a source LSN.
 *
 * @param measure gives the width of a text in pixels, and of a bold one where it is asked so
 */
export function geometry(sink, width, measure) {
  const known = marks(sink).filter(mark => mark.behind !== null);
  if (!known.some(mark => mark.name === 'source')) {
    return null;
  }
  const scale = scaleFor(known, width);
  const placed = known.map(mark => ({ ...mark, x: scale.x(mark.behind) }));
  const at = name => placed.find(mark => mark.name === name)?.x;
  return {
    width,
    break: scale.break,
    marks: [...labels(placed, true, width, measure), ...labels(placed, false, width, measure)],
    halves: [
      half('sink', at('sink'), at('published'), sink.sink_lag_bytes, measure),
      half('capture', at('published'), at('source'), sink.capture_lag_bytes, measure),
    ].filter(Boolean),
    retained: at('restart') === undefined ? null : { x0: at('restart'), x1: at('source') },
    ticks: ticks(scale, width, measure),
  };
}

/** With its text where that fits into it. */
function half(name, x0, x1, size, measure) {
  if (x0 === undefined || x1 === undefined) {
    return null;
  }
  const text = `${name} half ${bytes(size ?? 0)}`;
  return { name, x0, x1, text: measure(text, true) + 8 <= x1 - x0 ? text : null };
}

/** From bytes behind the source to pixels; the source is at the right edge. */
function scaleFor(known, width) {
  const restart = known.find(mark => mark.name === 'restart')?.behind ?? 0;
  const others = Math.max(...known.filter(mark => mark.name !== 'restart').map(mark => mark.behind));
  const left = 1;
  const right = width - 1;
  if (others > 0 && restart > BREAK_FROM * others) {
    const start = left + STUB * width + GAP;
    const x = behind => (behind > others ? left : right - (behind / others) * (right - start));
    return { x, from: start, span: others, break: { x0: start - GAP, x1: start, bytes: restart - others } };
  }
  const span = Math.max(others, restart);
  return { x: behind => (span === 0 ? right : right - (behind / span) * (right - left)), from: left, span, break: null };
}

/** Labels beside each other under or over their marks, pushed apart where they would collide. */
function labels(placed, above, width, measure) {
  const row = placed
    .filter(mark => mark.above === above)
    .sort((a, b) => b.behind - a.behind)
    .map(mark => {
      const text = mark.name === 'source' ? mark.lsn : mark.behind === 0 ? 'at the source' : `−${bytes(mark.behind)}`;
      const size = Math.ceil(Math.max(measure(mark.name, true), measure(text)));
      return { ...mark, text, size, label: mark.x - size / 2 };
    });
  let free = 0;
  for (const mark of row) {
    mark.label = Math.max(mark.label, free);
    free = mark.label + mark.size + LABEL_GAP;
  }
  let end = width;
  for (const mark of row.reverse()) {
    mark.label = Math.min(mark.label, end - mark.size);
    end = mark.label - LABEL_GAP;
  }
  return row.reverse();
}

/** Round distances behind the source, on the part that is to scale. */
function ticks({ x, from, span }, width, measure) {
  if (span <= 0) {
    return [];
  }
  const step = roundStep(span / Math.max(2, Math.floor((width - from) / 110)));
  const all = [];
  for (let behind = step; behind <= span; behind += step) {
    const text = bytes(behind).replace('.0 ', ' ');
    all.push({ x: x(behind), text, size: measure(text) });
  }
  return all;
}

/** 1, 2 or 5, times a power of ten, of bytes, kB, MB ...: at least so many bytes. */
export function roundStep(least) {
  let unit = 1;
  while (least / unit > 500) {
    unit *= 1024;
  }
  for (let power = 1; ; power *= 10) {
    for (const digit of [1, 2, 5]) {
      if (digit * power * unit >= least) {
        return digit * power * unit;
      }
    }
  }
}
