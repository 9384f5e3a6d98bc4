// What the plot shows: which number, its points with gaps where nothing is known, and a sentence for it. Pure.

import { bytes, clock, count, duration, isKnown } from './format.js';

const HOUR_MS = 3_600_000;
const HOUR_SLACK_MS = 60_000;
const AT_LEAST_MS = 120_000;

/** The first of these that the history has is plotted. */
const NUMBERS = [
  { field: 'total_lag_ms', what: 'Lag', text: duration },
  { field: 'total_lag_bytes', what: 'Lag in bytes of WAL', text: bytes },
  { field: 'sink_lag_records', what: 'Records waiting', text: count },
];

/** Points further apart than this have a gap between them. */
const STEPS_TO_GAP = 3;

/**
 * @param history of one sink, in columns
 * @param pollMs its poll interval
 * @return the number's field, words and points; times in ms; null where nothing is known
 */
export function lagSeries(history, pollMs) {
  const times = history?.observed_at ?? [];
  const number = NUMBERS.find(({ field }) => (history?.[field] ?? []).some(isKnown));
  if (!number) {
    return null;
  }
  const apart = times.slice(1).map((time, at) => time - times[at]).sort((a, b) => a - b);
  const step = apart[Math.floor(apart.length / 2)] ?? 0;
  const gap = STEPS_TO_GAP * Math.max(step, pollMs);
  const points = { times: [], values: [], healths: [] };
  times.forEach((time, at) => {
    if (at > 0 && time - times[at - 1] > gap) {
      push(points, times[at - 1] + step, null, null);
    }
    push(points, time, history[number.field][at] ?? null, history.health?.[at] ?? null);
  });
  return { ...number, ...points, gap };
}

/** The last hour, or what is known of it where that begins later. */
export function begin({ times }, now) {
  return Math.max(now - HOUR_MS, Math.min(times[0], now - AT_LEAST_MS));
}

function push({ times, values, healths }, time, value, health) {
  times.push(time);
  values.push(value);
  healths.push(health);
}

/** What the plot shows, for those who do not see it. */
export function sentence(series, now) {
  if (series === null) {
    return 'Nothing is known of the lag over the last hour.';
  }
  const known = series.values.map((value, at) => ({ value, at: series.times[at] })).filter(({ value }) => value !== null);
  const last = known.at(-1);
  const high = known.reduce((a, b) => (b.value > a.value ? b : a));
  const current = now - last.at > series.gap ? `last known at ${clock(last.at, now)}: ` : 'now ';
  const unknown = unknownMs(series, now);
  const span = series.times[0] - HOUR_SLACK_MS > now - HOUR_MS ? `since ${clock(series.times[0], now)}` : 'over the last hour';
  return `${series.what} ${span}: ${current}${series.text(last.value)}, `
    + (high.value === 0 ? 'never more' : `highest ${series.text(high.value)} at ${clock(high.at, now)}`)
    + (unknown > series.gap ? `; not known for ${duration(Math.round(unknown / 1000) * 1000)} of it.` : '.');
}

function unknownMs({ times, values }, now) {
  let from = Math.max(times[0], now - HOUR_MS);
  let sum = 0;
  let known = false;
  times.forEach((time, at) => {
    if (!known) {
      sum += Math.max(0, time - from);
    }
    known = values[at] !== null;
    from = Math.max(from, time);
  });
  return sum + (known ? 0 : Math.max(0, now - from));
}
