// The lag over the last hour, by uPlot, with the verdicts as a strip along the bottom.

import { el, setText } from './dom.js';
import { clock, bytes, count, duration } from './format.js';
import { HEALTHS, rank } from './health.js';
import { begin, lagSeries, sentence } from './lagseries.js';

const HEIGHT = 168;
const STRIP = 5;
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 604800];

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function plotView() {
  const canvas = el('div', { class: 'plot', 'aria-hidden': 'true' });
  const caption = el('figcaption', { class: 'note' });
  const reading = el('p', { class: 'reading', 'aria-hidden': 'true' });
  const node = el('figure', { class: 'plot-figure' }, canvas, reading, caption);
  let plot = null;
  let series = null;
  let shown = null;

  const forget = () => {
    plot?.destroy();
    plot = null;
  };
  const draw = () => {
    const width = Math.floor(canvas.clientWidth);
    if (width === 0 || series === null) {
      forget();
      return;
    }
    if (plot === null || shown !== series.field) {
      forget();
      shown = series.field;
      plot = new window.uPlot(options(width, () => series, text => setText(reading, text)), columns(series), canvas);
    } else {
      plot.setSize({ width, height: HEIGHT });
      plot.setData(columns(series));
    }
  };
  new ResizeObserver(draw).observe(canvas);
  dark.addEventListener('change', () => {
    forget();
    draw();
  });
  return {
    node,
    update(history, pollMs) {
      series = lagSeries(history, pollMs);
      node.classList.toggle('nothing', series === null);
      setText(caption, sentence(series, Date.now()));
      draw();
    },
    failed(error) {
      setText(caption, `The history was not read: ${error.message}.`);
    },
  };
}

/** uPlot counts time in seconds; so does the lag's axis, for round steps. */
function columns({ field, times, values }) {
  const scale = field === 'total_lag_ms' ? 1000 : 1;
  return [times.map(time => time / 1000), values.map(value => (value === null ? null : value / scale))];
}

function options(width, current, say) {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const healths = HEALTHS.map(health => colour(`strip-${health.toLowerCase()}`));
  const axis = { stroke: colour('muted'), font: '11px system-ui, sans-serif', ticks: { show: false } };
  const time = current().field === 'total_lag_ms';
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [10, 20, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { range: () => [begin(current(), Date.now()) / 1000, Date.now() / 1000] },
      y: { range: (_, low, high) => [0, Math.max(high ?? 0, time ? 5 : 10) * 1.05] },
    },
    axes: [
      { ...axis, space: 52, values: (_, at, __, ___, step) => at.map(second => moment(second, step)), grid: { show: false }, size: 26 },
      {
        ...axis,
        size: 62,
        space: 28,
        gap: 6,
        incrs: time ? SECOND_STEPS : byteSteps(),
        grid: { stroke: colour('line'), width: 1 },
        values: (_, at) => at.map(value => axisText(current().field, value)),
      },
    ],
    series: [{}, { stroke: colour('plot'), fill: colour('plot-fill'), width: 1.75, points: { show: false }, spanGaps: false }],
    hooks: {
      draw: [drawn => strip(drawn, current(), healths)],
      setCursor: [drawn => say(readingAt(drawn.cursor.idx, current()))],
    },
  };
}

function moment(second, step) {
  const parts = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...(step < 60 ? { second: '2-digit' } : {}) };
  return new Date(second * 1000).toLocaleTimeString(undefined, parts);
}

const byteSteps = () => Array.from({ length: 50 }, (_, power) => 2 ** power);

function axisText(field, value) {
  if (value === 0) {
    return '0';
  }
  return field === 'total_lag_ms' ? duration(value * 1000).replace('.0 ', ' ')
    : field === 'total_lag_bytes' ? bytes(value).replace('.0 ', ' ') : count(value);
}

function readingAt(at, series) {
  if (at === null || at === undefined || series.times[at] === undefined) {
    return '';
  }
  const value = series.values[at];
  return `${clock(series.times[at])}  ${value === null ? 'unknown' : series.text(value)}  ${series.healths[at] ?? ''}`;
}

/** Each verdict holds until the next observation, or to a gap. */
function strip(plot, series, colours) {
  const { left, top, width, height } = plot.bbox;
  const ratio = window.devicePixelRatio;
  const y = top + height - STRIP * ratio;
  plot.ctx.save();
  plot.ctx.beginPath();
  plot.ctx.rect(left, y, width, STRIP * ratio);
  plot.ctx.clip();
  series.times.forEach((time, at) => {
    const health = series.healths[at];
    if (health !== null) {
      const from = plot.valToPos(time / 1000, 'x', true);
      const next = series.times[at + 1] ?? Math.min(Date.now(), time + series.gap);
      plot.ctx.fillStyle = colours[rank(health)];
      plot.ctx.fillRect(from, y, plot.valToPos(next / 1000, 'x', true) - from + 0.5, STRIP * ratio);
    }
  });
  plot.ctx.restore();
}
