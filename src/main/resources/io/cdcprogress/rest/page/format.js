// Numbers and times as a person reads them who has just been woken; in the units of the records' sentences.

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const isKnown = value => value !== null && value !== undefined;

/** In PostgreSQL's units: a kB is 1,024 bytes. */
export function bytes(value) {
  let size = Math.abs(value);
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const number = unit === 0 ? count(Math.round(size)) : size.toFixed(1);
  const name = unit === 0 && number === '1' ? 'byte' : UNITS[unit];
  return `${value < 0 ? '−' : ''}${number} ${name}`;
}

export function count(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** With a second unit while the first is small, as in 48 min 42 s. */
export function duration(ms) {
  const whole = Math.max(0, ms);
  if (whole < 10 * SECOND) {
    return whole === 0 ? '0 s' : `${(whole / SECOND).toFixed(1)} s`;
  }
  if (whole < 2 * MINUTE) {
    return `${Math.floor(whole / SECOND)} s`;
  }
  if (whole < 2 * HOUR) {
    return pair(whole, MINUTE, 'min', SECOND, 's');
  }
  return whole < 2 * DAY ? pair(whole, HOUR, 'h', MINUTE, 'min') : pair(whole, DAY, 'd', HOUR, 'h');
}

/** No less than it is where duration() shows it: of an upper bound nothing may be cut off. */
export function upwards(ms) {
  const step = ms < 10 * SECOND ? SECOND / 10 : ms < 2 * HOUR ? SECOND : ms < 2 * DAY ? MINUTE : HOUR;
  return Math.ceil(ms / step) * step;
}

function pair(ms, large, largeName, small, smallName) {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeName}` + (rest > 0 ? ` ${rest} ${smallName}` : '');
}

/** In seconds alone, to a tenth where that can be seen. */
export function seconds(ms) {
  return `${(ms / SECOND).toLocaleString('en-US', { maximumFractionDigits: ms < 100 * SECOND ? 1 : 0 })} s`;
}

/** To the unit that matters, for what is not known better: a deadline, an age. */
export function roughly(ms) {
  const whole = Math.max(0, ms);
  if (whole < 2 * MINUTE) {
    return `${Math.round(whole / SECOND)} s`;
  }
  if (whole < 2 * HOUR) {
    return `${Math.round(whole / MINUTE)} min`;
  }
  return whole < 2 * DAY ? `${Math.round(whole / HOUR)} h` : `${Math.round(whole / DAY)} d`;
}

/** In the viewer's zone; with the day where that is not today. */
export function clock(ms, now = Date.now()) {
  const at = new Date(ms);
  const time = at.toLocaleTimeString(undefined, { hourCycle: 'h23' });
  const today = new Date(now).toDateString() === at.toDateString();
  return today ? time : `${at.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })} ${time}`;
}

export const iso = ms => new Date(ms).toISOString();

export function plural(number, what) {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}
