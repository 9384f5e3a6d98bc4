package io.cdcprogress;

import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.Window;
import java.util.Map;

/** What Connect has kept of a sink over a restart. */
record SinkMemory(PositionMemory position, Map<String, Window> windows) {}
