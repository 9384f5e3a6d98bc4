// One pipeline: its name, its slot, and its sinks.

import { arrange, el, setAttribute, setText } from './dom.js';
import { HEALTHS, rank } from './health.js';
import { read } from './api.js';
import { sinkView } from './sinkview.js';

/** The history costs more than the rest, and says less that is new. */
const HISTORY_EVERY_MS = 15_000;

let views = 0;

export function pipelineView(name) {
  const id = `pipeline-${++views}`;
  const slot = el('p', { class: 'note' });
  const body = el('div', { class: 'sinks' });
  const node = el('article', { class: 'pipeline', 'aria-labelledby': id, 'data-pipeline': name },
    el('header', {}, el('h2', { id }, name), slot), body);
  const sinks = new Map();
  let pipeline = null;
  let readAt = 0;

  const loadHistory = async () => {
    readAt = Date.now();
    try {
      const answer = await read('pipelines', name, 'history');
      sinks.forEach((view, group) => {
        view.history(answer.sinks.find(sink => sink.sink_group === group) ?? null);
      });
    } catch (error) {
      sinks.forEach(view => view.historyFailed(error));
    }
  };
  const viewOf = (group, open) => {
    if (!sinks.has(group)) {
      const view = sinkView(name, group);
      view.open = open;
      view.onOpen = isOpen => isOpen && loadHistory();
      sinks.set(group, view);
      readAt = open ? 0 : readAt;
    }
    return sinks.get(group);
  };
  return {
    node,
    sinks,
    /** @param opens whether sinks that were not there before are open */
    update(next, now, opens) {
      pipeline = next;
      setAttribute(node, 'data-kind', HEALTHS[rank(next.health)]);
      setText(slot, `slot ${next.slot_name} on ${next.database}`);
      arrange(body, next.sinks.map(sink => viewOf(sink.sink_group, opens).node));
      next.sinks.forEach(sink => sinks.get(sink.sink_group).update(sink, now));
      for (const group of [...sinks.keys()].filter(key => !next.sinks.some(sink => sink.sink_group === key))) {
        sinks.delete(group);
      }
    },
    tick(since) {
      pipeline.sinks.forEach(sink => sinks.get(sink.sink_group).tick(sink, since));
    },
    /** What is only read for those who look at it. */
    readMore() {
      const open = [...sinks.values()].filter(view => view.open);
      open.forEach(view => view.loadPartitions());
      return open.length > 0 && Date.now() - readAt >= HISTORY_EVERY_MS ? loadHistory() : undefined;
    },
  };
}
