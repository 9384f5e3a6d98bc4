package io.cdcprogress.resolve.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Topics as they are now. */
final class Brokers {
    final TreeMap<String, Topic> topics = new TreeMap<>();
    Topic heartbeat;
    private int generation;

    Topic topic(String name, int partitions, long now) {
        return topics.computeIfAbsent(name, absent -> new Topic(absent, generation++, partitions, now));
    }

    Topic heartbeat(String name, long now) {
        if (heartbeat == null) {
            heartbeat = new Topic(name, generation++, 1, now);
        }
        return heartbeat;
    }

    /** Deletes a topic and creates it anew; what nobody had consumed of it is gone. */
    void recreate(String name, long now) {
        Topic old = topics.remove(name);
        for (Log log : old.logs) {
            for (Entry entry : log.entries) {
                if (entry.rec != null && entry.rec.piece() != null && !entry.rec.piece().consumed) {
                    entry.rec.piece().lost = true;
                }
            }
        }
        topic(name, old.logs.size(), now);
    }

    List<Log> logs() {
        List<Log> logs = new ArrayList<>();
        topics.values().forEach(topic -> logs.addAll(topic.logs));
        return logs;
    }

    boolean live(Log log) {
        return topics.get(log.topic.name) == log.topic;
    }
}
