// Reads all pipelines every few seconds while the page is looked at, and shows them, worst first.

import { ApiError, read } from './api.js';
import { arrange, el, setText, withoutJumping } from './dom.js';
import { clock, duration, plural } from './format.js';
import { changes, ordered, tally, title, verdicts } from './health.js';
import { pipelineView } from './pipelineview.js';
import { words } from './badge.js';

const FASTEST_MS = 2000;
const SLOWEST_MS = 10_000;
/** So many sinks fit beside each other with all that is known of them; of more, the rows are worth more. */
const OPEN_UP_TO = 3;

const part = id => document.getElementById(id);
const views = new Map();
let known = null; // the last answer: its pipelines, when it came, its verdicts
let trouble = null; // since when there is none, and why
let timer = null;
let reading = false;

async function refresh() {
  clearTimeout(timer);
  if (reading || document.hidden) {
    return;
  }
  reading = true;
  let wait = SLOWEST_MS;
  try {
    const answer = await read('pipelines');
    take(ordered(answer.pipelines));
    wait = interval(answer.pipelines);
  } catch (error) {
    const failure = error instanceof ApiError ? error : new ApiError(0, `the answer was not understood: ${error.message}`);
    trouble = { since: trouble?.since ?? Date.now(), failure };
    wait = failure.retryAfterMs ?? Math.min(SLOWEST_MS, known?.wait ?? FASTEST_MS);
  } finally {
    reading = false;
  }
  say();
  timer = setTimeout(refresh, Math.min(wait, SLOWEST_MS));
}

/** As often as there is something new, within reason. */
function interval(pipelines) {
  const polls = pipelines.flatMap(pipeline => pipeline.sinks.map(sink => sink.poll_interval_ms));
  const wait = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, ...(polls.length > 0 ? [Math.min(...polls)] : [])));
  known.wait = wait;
  return wait;
}

function take(pipelines) {
  const now = Date.now();
  const after = verdicts(pipelines);
  if (known) {
    const news = changes(known.verdicts, after);
    if (news.length > 0) {
      setText(part('changes'), `${news.join('. ')}.`);
    }
  }
  trouble = null;
  const open = known === null && pipelines.flatMap(pipeline => pipeline.sinks).length <= OPEN_UP_TO;
  known = { pipelines, at: now, verdicts: after };
  withoutJumping([...part('pipelines').children], () => {
    pipelines.forEach(pipeline => {
      if (!views.has(pipeline.pipeline)) {
        views.set(pipeline.pipeline, pipelineView(pipeline.pipeline));
      }
      views.get(pipeline.pipeline).update(pipeline, now, open);
    });
    for (const name of [...views.keys()].filter(key => !pipelines.some(({ pipeline }) => pipeline === key))) {
      views.delete(name);
    }
    arrange(part('pipelines'), pipelines.map(({ pipeline }) => views.get(pipeline).node));
    summarise(pipelines);
    tick();
  });
  readMore();
}

/** One after the other, so that a hundred open pipelines are no burst. */
async function readMore() {
  for (const view of views.values()) {
    await view.readMore();
  }
}

function summarise(pipelines) {
  part('tools').hidden = pipelines.length === 0;
  part('summary').replaceChildren(...tally(pipelines).map(({ health, pipelines: number }) =>
    el('li', { 'data-kind': health }, el('strong', {}, String(number)), ` ${words(health)}`)));
  setText(part('total'), plural(pipelines.length, 'pipeline'));
}

/** What the page says of itself: whether its numbers are of now. */
function say() {
  const empty = trouble?.failure.status === 503 && known === null;
  part('empty').hidden = !(empty || (known?.pipelines.length === 0 && !trouble));
  part('trouble').hidden = trouble === null || empty;
  document.body.classList.toggle('old', trouble !== null && known !== null);
  setText(part('empty-reason'), trouble ? `The worker says: ${trouble.failure.message}` : 'No record is on the progress topic.');
  document.title = trouble && !empty ? 'NO ANSWER · CDC progress' : known ? title(known.pipelines) : 'CDC progress';
  tick();
}

function tick() {
  const now = Date.now();
  if (known) {
    setText(part('updated'), ` · updated ${clock(known.at, now)}`);
    views.forEach(view => view.tick(now - known.at));
  }
  if (trouble) {
    const { since, failure } = trouble;
    const last = known ? `The numbers below are of ${clock(known.at, now)}, ${whole(now - known.at)} ago.` : 'There are no numbers yet.';
    setText(part('trouble-what'), `No answer since ${clock(since, now)}: ${reasonOf(failure)}.`);
    setText(part('trouble-age'), ` ${last} Trying again.`);
  }
}

const reasonOf = ({ status, message }) => (status > 0 ? `the worker says ${status}, ${message}` : message);

const whole = ms => duration(Math.floor(ms / 1000) * 1000).replace('.0 ', ' ');

function toggleAll(open) {
  views.forEach(view => view.sinks.forEach(sink => {
    if (sink.open !== open) {
      sink.open = open;
      sink.onOpen(open);
    }
  }));
}

part('open-all').addEventListener('click', () => toggleAll(true));
part('close-all').addEventListener('click', () => toggleAll(false));
document.addEventListener('visibilitychange', refresh);
setInterval(() => document.hidden || tick(), 1000);
refresh();
