package io.cdcprogress.discover;

import io.cdcprogress.config.DatabaseKeys;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.config.PipelineOverrides;
import io.cdcprogress.discover.Discovered.Notice;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes pipelines of connectors, groups and what the user has written. Pure: the same always gives the same. */
final class PipelineFinder {
    /** A reference that Connect resolves for the connector only, and would for ours where it is copied to. */
    private static final String REFERENCE = "${";

    private static final String DEFAULT_PORT = "5432";

    private final Map<String, Sink> sinks;
    private final Set<String> groups;
    private final Map<String, PipelineOverrides> overrides;
    private final Set<String> ownTopics;
    private final List<Notice> notices = new ArrayList<>();
    private Set<String> prefixes = Set.of();

    /** @param groups of the cluster, for patterns */
    PipelineFinder(Map<String, Sink> sinks, Set<String> groups, DiscoveryRules rules) {
        this.sinks = new TreeMap<>(sinks);
        this.groups = groups;
        this.overrides = rules.overrides();
        this.ownTopics = rules.ownTopics();
    }

    /** The pipelines that are named: only their groups are looked for. */
    Discovered named(List<String> names) {
        List<DiscoveredPipeline> pipelines = new ArrayList<>();
        for (String name : names) {
            PipelineOverrides override = overrides.get(name);
            if (override.groupsRegex() == null) {
                pipelines.add(DiscoveredPipeline.asWritten(name));
            } else {
                Map<String, String> values = new HashMap<>();
                if (addGroups(name, override, null, values)) {
                    pipelines.add(new DiscoveredPipeline(name, values, Set.of(), Set.of()));
                }
            }
        }
        return new Discovered(pipelines, notices);
    }

    /** A pipeline for every source connector. */
    Discovered all(Map<String, Source> sources) {
        Map<String, String> connectors = connectorsByName(sources.keySet());
        prefixes = Stream.concat(
                        sources.values().stream().map(PipelineFinder::prefix),
                        connectors.keySet().stream()
                                .map(name -> overrides
                                        .getOrDefault(name, PipelineOverrides.NONE)
                                        .topicPrefix()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        warnOfOthers(connectors.keySet());
        Set<String> shared = shared(sources);
        List<DiscoveredPipeline> pipelines = new ArrayList<>();
        connectors.forEach((name, connector) -> {
            DiscoveredPipeline pipeline =
                    shared.contains(connector) ? null : pipeline(name, connector, sources.get(connector));
            if (pipeline != null) {
                pipelines.add(pipeline);
            }
        });
        return new Discovered(pipelines, notices);
    }

    /**
     * Connectors of different servers that write into one topic, or share a prefix: there the LSNs are of two histories, and no
     * position is true.
     */
    private Set<String> shared(Map<String, Source> sources) {
        Map<String, Set<String>> writers = new TreeMap<>();
        sources.forEach((connector, source) -> {
            PipelineOverrides override = overrides.getOrDefault(name(connector), PipelineOverrides.NONE);
            if (override.topicPrefix() == null && override.topicsRegex() == null) {
                Stream.concat(
                                Stream.ofNullable(prefix(source)).map(prefix -> "prefix " + prefix),
                                Stream.ofNullable(source.topics())
                                        .flatMap(Set::stream)
                                        .map(topic -> "topic " + topic))
                        .forEach(what -> writers.computeIfAbsent(what, any -> new TreeSet<>())
                                .add(connector));
            }
        });
        Set<String> shared = new TreeSet<>();
        writers.forEach((what, connectors) -> {
            long servers = connectors.stream()
                    .map(connector -> sources.get(connector).hostname() + ":"
                            + sources.get(connector).port())
                    .distinct()
                    .count();
            if (servers > 1) {
                shared.addAll(connectors);
                warn("connectors " + String.join(" and ", connectors) + " of different servers share " + what
                        + ", where LSNs of two histories meet, so they are not observed: give each topics of its own, or"
                        + " set topics.regex of each pipeline to topics that are its own");
            }
        });
        return shared;
    }

    /** In the order of the pipelines' names. A name that needs no change goes before one that does. */
    private Map<String, String> connectorsByName(Set<String> connectors) {
        Map<String, String> byName = new TreeMap<>();
        connectors.stream()
                .sorted(Comparator.comparing(
                                (String connector) -> !name(connector).equals(connector))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(connector -> {
                    String first = byName.putIfAbsent(name(connector), connector);
                    if (first != null) {
                        warn("connectors " + first + " and " + connector + " are both pipeline " + name(connector)
                                + ", and the second is not observed: rename one of them, or name the pipelines instead"
                                + " of writing *");
                    }
                });
        return byName;
    }

    private static String name(String connector) {
        return connector.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private void warnOfOthers(Set<String> names) {
        overrides.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> warn("there are keys " + PipelineKeys.key(name, "*") + ", and no such pipeline is"
                        + " discovered; those that are: " + names));
    }

    /** Null while it has no sink, or its topics are not known. */
    private DiscoveredPipeline pipeline(String name, String connector, Source source) {
        PipelineOverrides override = overrides.getOrDefault(name, PipelineOverrides.NONE);
        Map<String, String> values = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        Map<String, String> told = new HashMap<>();
        told.put(PipelineKeys.SLOT_NAME, Objects.requireNonNullElse(source.slotName(), PipelineKeys.DEFAULT_SLOT_NAME));
        told.put(DatabaseKeys.HOSTNAME, source.hostname());
        told.put(DatabaseKeys.PORT, Objects.requireNonNullElse(source.port(), DEFAULT_PORT));
        told.put(DatabaseKeys.DBNAME, source.dbname());
        told.forEach((key, value) -> {
            if (!override.has(key)) {
                if (fits(key, value)) {
                    values.put(key, value.trim());
                } else {
                    unknown.add(key);
                }
            }
        });
        if (!override.has(PipelineKeys.SOURCE_CONNECTOR) && fits(PipelineKeys.SOURCE_CONNECTOR, connector)) {
            values.put(PipelineKeys.SOURCE_CONNECTOR, connector);
        }
        FedTopics topics = FedTopics.of(source, prefix(source), override, prefixes, ownTopics);
        if (topics.selector() == null) {
            warn("pipeline " + name + " is not observed, since the topic.prefix of connector " + connector
                    + " can't be told and it has written nothing yet: set "
                    + PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX));
            return null;
        }
        if (override.topicPrefix() == null && override.topicsRegex() == null) {
            if (topics.prefix() != null) {
                values.put(PipelineKeys.TOPIC_PREFIX, topics.prefix());
            }
            if (topics.selector().regex() != null) {
                values.put(PipelineKeys.TOPICS_REGEX, topics.selector().regex().pattern());
            }
        }
        return override.has(PipelineKeys.SINK_GROUPS) || addGroups(name, override, topics, values)
                ? new DiscoveredPipeline(
                        name, values, unknown, topics.selector().longerPrefixes())
                : null;
    }

    /** Null where it can't be used. */
    private static String prefix(Source source) {
        return fits(PipelineKeys.TOPIC_PREFIX, source.topicPrefix())
                ? source.topicPrefix().trim()
                : null;
    }

    /** Whether it may stand at a key: what our own validation would refuse is as good as unknown. */
    private static boolean fits(String key, String value) {
        return value != null && !value.contains(REFERENCE) && PipelineKeys.accepts(key, value);
    }

    /** False where there is none: then there is nothing yet that a record could be about. */
    private boolean addGroups(String name, PipelineOverrides override, FedTopics topics, Map<String, String> values) {
        Set<String> found = new TreeSet<>();
        if (override.groupsRegex() != null) {
            groups.stream()
                    .filter(override.groupsRegex().asMatchPredicate())
                    .forEach(group -> addGroup(name, group, "consumer group " + group, found));
        } else {
            sinks.forEach((sink, consumed) -> {
                if (topics.consumedBy(consumed)) {
                    String group = consumed.groupId() == null ? "connect-" + sink : consumed.groupId();
                    addGroup(name, group, "the group of sink connector " + sink, found);
                }
            });
        }
        if (found.isEmpty()) {
            notices.add(new Notice(
                    false,
                    "pipeline " + name + " is not observed yet, since it has no sink: "
                            + (override.groupsRegex() == null
                                    ? "no sink connector consumes its topics"
                                    : "no consumer group matches "
                                            + PipelineKeys.key(name, PipelineKeys.SINK_GROUPS_REGEX))));
            return false;
        }
        values.put(PipelineKeys.SINK_GROUPS, String.join(",", found));
        return true;
    }

    private void addGroup(String name, String group, String what, Set<String> found) {
        boolean listable = !group.contains(",") && group.equals(group.trim()) && !group.isEmpty();
        if (listable && !group.contains(REFERENCE)) {
            found.add(group);
        } else {
            warn(what + " can't be told here, or can't stand in a list, so pipeline " + name
                    + " is observed without it: set " + PipelineKeys.key(name, PipelineKeys.SINK_GROUPS));
        }
    }

    private void warn(String text) {
        notices.add(new Notice(true, text));
    }
}
