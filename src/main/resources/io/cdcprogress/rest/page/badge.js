// A verdict as a shape, a word and a colour: each alone is enough.

import { el, setAttribute, setText, svg } from './dom.js';
import { HEALTHS, rank, standing } from './health.js';

const SHAPES = {
  LOST: 'M3 3 L13 13 M13 3 L3 13',
  STALLED: 'M5 3 V13 M11 3 V13',
  UNKNOWN: 'M5 5.5 A3 3 0 1 1 8 8.6 V10 M8 12.6 V13',
  AT_RISK: 'M8 2.5 L14 13 H2 Z M8 6.5 V9 M8 11 V11.2',
  BEHIND: 'M3 4 L7 8 L3 12 M9 4 L13 8 L9 12',
  OK: 'M3 8.5 L6.5 12 L13 4.5',
};

export function badge() {
  const shape = svg('path');
  const word = el('span');
  const node = el('p', { class: 'badge' },
    svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', class: 'shape' }, shape), word);
  return {
    node,
    update(part) {
      const kind = HEALTHS[rank(standing(part))];
      setAttribute(node, 'data-kind', kind);
      setAttribute(shape, 'd', SHAPES[kind]);
      setText(word, part.stale ? `was ${words(part.health)}` : words(part.health));
    },
  };
}

export const words = health => health.replace('_', ' ');
