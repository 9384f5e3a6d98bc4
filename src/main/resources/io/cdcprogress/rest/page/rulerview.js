// Draws the ruler. Top to bottom: Kafka's marks, the two halves, the WAL that the slot holds, the scale, the slot's marks.

import { svg, el, setText } from './dom.js';
import { bytes } from './format.js';
import { geometry, marks } from './ruler.js';
import { reason } from './reasons.js';

const HEIGHT = 132;
const BAND = { y: 46, height: 18 };
const RETAINED_Y = 68;
const TICKS_Y = 72;
const TICK_TEXT_Y = 87;
const BELOW_Y = 110;
const LEADER_END = { above: 33, below: 98 };
const FONT = '12px system-ui, sans-serif';

const pen = document.createElement('canvas').getContext('2d');

function measure(text, bold = false) {
  pen.font = bold ? `bold ${FONT}` : FONT;
  return pen.measureText(text).width;
}

/** A figure that draws itself anew whenever it is told, or its width changes. */
export function rulerView() {
  const drawing = svg('svg', { class: 'ruler', height: HEIGHT, role: 'img' });
  const caption = el('figcaption', { class: 'note' });
  const node = el('figure', { class: 'ruler-figure' }, drawing, caption);
  let sink = null;
  const draw = () => {
    const width = Math.floor(node.clientWidth);
    if (sink === null || width === 0) {
      return;
    }
    const picture = geometry(sink, width, measure);
    node.classList.toggle('nothing', picture === null);
    setText(caption, words(sink, picture));
    drawing.setAttribute('aria-label', description(sink));
    drawing.setAttribute('width', width);
    drawing.replaceChildren(...(picture === null ? [] : parts(picture)));
  };
  new ResizeObserver(draw).observe(node);
  return {
    node,
    update(next) {
      sink = next;
      draw();
    },
  };
}

function parts(picture) {
  return [
    svg('rect', { class: 'wal', x: 0, y: BAND.y, width: picture.width, height: BAND.height, rx: 2 }),
    ...picture.halves.map(halfOf),
    picture.retained && svg('line', {
      class: 'retained', x1: picture.retained.x0, x2: picture.retained.x1, y1: RETAINED_Y, y2: RETAINED_Y }),
    ...scale(picture),
    picture.break && breakOf(picture.break),
    ...picture.marks.flatMap(markOf),
  ].filter(Boolean);
}

function halfOf({ name, x0, x1, text }) {
  return svg('g', {},
    svg('rect', { class: `half ${name}`, x: x0, y: BAND.y, width: x1 - x0, height: BAND.height }),
    text && svg('text', { class: 'half-text', x: (x0 + x1) / 2, y: BAND.y + 13, 'text-anchor': 'middle' }, text));
}

/** Tick texts give way to the lines that lead down to the marks' names, and to the edges. */
function scale({ ticks, marks: all, width }) {
  const leaders = all.filter(mark => !mark.above);
  return ticks.flatMap(({ x, text, size }) => {
    const free = x - size / 2 >= 0 && x + size / 2 <= width
      && leaders.every(mark => Math.abs(mark.x - x) > size / 2 + 5);
    return [
      svg('line', { class: 'tick', x1: x, x2: x, y1: TICKS_Y, y2: TICKS_Y + 4 }),
      free && svg('text', { class: 'tick-text', x, y: TICK_TEXT_Y, 'text-anchor': 'middle' }, text),
    ].filter(Boolean);
  });
}

/** Two slanted cuts through everything, with the page's own colour between them. */
function breakOf({ x0, x1, bytes: left }) {
  const top = BAND.y - 4;
  const bottom = RETAINED_Y + 5;
  const cut = x => `M${x - 3} ${bottom} L${x + 3} ${top}`;
  return svg('g', { class: 'break' },
    svg('path', { class: 'void', d: `M${x0 - 1} ${bottom} L${x0 + 5} ${top} L${x1 - 1} ${top} L${x1 - 7} ${bottom} Z` }),
    svg('path', { class: 'cut', d: `${cut(x0 + 2)} ${cut(x1 - 4)}` }),
    svg('title', {}, `${bytes(left)} of WAL are left out here`));
}

function markOf({ name, above, x, label, size, text }) {
  const center = label + size / 2;
  const lead = above
    ? `M${x} ${BAND.y + BAND.height} V${BAND.y - 5} L${center} ${LEADER_END.above}`
    : `M${x} ${BAND.y + BAND.height - 5} V${TICK_TEXT_Y + 2} L${center} ${LEADER_END.below}`;
  const y = above ? 13 : BELOW_Y;
  return [
    svg('path', { class: `lead ${name}`, d: lead }),
    svg('text', { class: 'mark-name', x: center, y, 'text-anchor': 'middle' }, name),
    svg('text', { class: 'mark-text', x: center, y: y + 15, 'text-anchor': 'middle' }, text),
  ];
}

function words(sink, picture) {
  if (picture === null) {
    return `No ruler: the source's LSN is unknown (${reason(sink, 'source_lsn')}).`;
  }
  const cut = picture.break
    ? `Bytes of WAL behind the source, to scale right of the break; ${bytes(picture.break.bytes)} are left out there.`
    : 'Bytes of WAL behind the source, to scale.';
  const missing = marks(sink)
    .filter(mark => mark.behind === null)
    .map(mark => `${mark.name} unknown (${reason(sink, mark.field)})`);
  return missing.length === 0 ? cut : `${cut} Not on it: ${missing.join(', ')}.`;
}

function description(sink) {
  const places = marks(sink).map(({ name, lsn, behind }) =>
    lsn === null ? `${name} unknown` : name === 'source' ? `source at ${lsn}`
      : `${name} at ${lsn}${behind === null ? '' : `, ${bytes(behind)} behind`}`);
  return `Ruler of the WAL: ${places.join('; ')}.`;
}
