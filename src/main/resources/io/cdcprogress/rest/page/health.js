// Which verdict is worse, what is said of all of them, and what has changed.

/** Worst first. */
export const HEALTHS = ['LOST', 'STALLED', 'UNKNOWN', 'AT_RISK', 'BEHIND', 'OK'];

/** A verdict that this page does not know yet is not good news. */
export function rank(health) {
  const at = HEALTHS.indexOf(health);
  return at < 0 ? HEALTHS.indexOf('UNKNOWN') : at;
}

/** Of a sink: what was is no verdict. A pipeline's own, of its fresh sinks, is the API's. */
export const standing = sink => (sink.stale ? 'UNKNOWN' : sink.health);

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Worst first, then by name; each pipeline's sinks likewise. */
export function ordered(pipelines) {
  return pipelines
    .map(pipeline => ({
      ...pipeline,
      sinks: [...pipeline.sinks].sort(
        (a, b) => rank(standing(a)) - rank(standing(b)) || byName(a.sink_group, b.sink_group)),
    }))
    .sort((a, b) => rank(a.health) - rank(b.health) || byName(a.pipeline, b.pipeline));
}

/** How many pipelines stand at each verdict, worst first, those that none has left out. */
export function tally(pipelines) {
  return HEALTHS.map(health => ({
    health,
    pipelines: pipelines.filter(pipeline => HEALTHS[rank(pipeline.health)] === health).length,
  })).filter(entry => entry.pipelines > 0);
}

/** The worst verdict and how many of all have it, for the tab. */
export function title(pipelines) {
  const [first] = tally(pipelines);
  const all = pipelines.length;
  return first ? `${first.health} ${first.pipelines}/${all} · CDC progress` : 'CDC progress';
}

/** Verdicts by pipeline and sink. */
export function verdicts(pipelines) {
  return new Map(pipelines.flatMap(pipeline => pipeline.sinks.map(sink => [
    `${pipeline.pipeline}, ${sink.sink_group}`,
    { health: standing(sink), finding: sink.stale ? 'stale' : sink.finding },
  ])));
}

/** A sentence for each verdict that is another than before. */
export function changes(before, after) {
  const news = [];
  for (const [name, { health, finding }] of after) {
    const was = before.get(name)?.health;
    if (was !== health) {
      const why = finding === 'NONE' ? '' : `, ${finding}`;
      news.push(`${name}: ${health}${why}${was ? `, was ${was}` : ''}`);
    }
  }
  for (const name of before.keys()) {
    if (!after.has(name)) {
      news.push(`${name}: no longer reported`);
    }
  }
  return news;
}
